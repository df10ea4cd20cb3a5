#!/usr/bin/env bash
# setup.sh run|test|bench|package: install what is missing for it, and say so.
#
# Debian 12 with git, make, Go and Node is where this was tried.
source "$(dirname "$0")/lib.sh"

# package: why. One list for each purpose; test and package need run's too.
run_packages='
gcc: SQLite and the window are compiled from C
libc6-dev: the same
pkg-config: finds GTK and WebKit for the compiler
libgtk-3-dev: the window
libwebkit2gtk-4.1-dev: the page in the window
fonts-noto-cjk: Chinese on the screen
xdg-utils: opens a PDF in its viewer
'
test_packages='
chromium: the browser of the end-to-end tests
xvfb: a display without a screen, for the window
xauth: lets the tests alone use that display
openbox: a window manager, without which no window has the focus
dbus-x11: a session bus for the window and its accessibility tree
at-spi2-core: the accessibility tree, through which the smoke run reads the window
imagemagick: pictures of the window
x11-utils: asks the display for its windows
xdotool: types into the window
webkit2gtk-driver: drives the engine of the window, to measure the grid
poppler-utils: renders label PDFs and reads their text
mupdf-tools: a second renderer of label PDFs
zbar-tools: reads the printed codes back
cups-daemon: a print queue of the tests’ own, which must receive every byte
cups-client: gives jobs to it
qpdf: checks that label PDFs are sound
postgresql: the database of a large centre; tests start servers of their own
sqlite3: make bench imports the same file with it
'
bench_packages='
glabels: a peer of the labels
weasyprint: a peer of the labels
python3-reportlab: a peer of the labels
python3-fonttools: takes one font out of a collection, for the peers
fonts-wqy-microhei: the font the peers print with
'
package_packages='
gcc-mingw-w64-x86-64: compiles the Windows program
nsis: makes the Windows installer
wine64: runs the self-test of the Windows program
zbar-tools: reads the code on the label that it draws
'

needs() {
  case $1 in
    run) printf '%s' "$run_packages" ;;
    test) printf '%s%s' "$run_packages" "$test_packages" ;;
    bench) printf '%s%s%s' "$run_packages" "$test_packages" "$bench_packages" ;;
    package) printf '%s%s' "$run_packages" "$package_packages" ;;
    *) die "setup.sh: run, test, bench or package?" ;;
  esac
}

at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

command -v go >/dev/null || die "Go is missing. Hashmend needs Go 1.25 or newer: https://go.dev/dl/"
command -v node >/dev/null || die "Node is missing. Hashmend needs Node 20.19 or newer: https://nodejs.org/"
command -v npm >/dev/null || die "npm is missing. It comes with Node: https://nodejs.org/"
go_version=$(go env GOVERSION | sed 's/^go//; s/[^0-9.].*//')
node_version=$(node --version | sed 's/^v//')
at_least "$go_version" 1.25 || die "Go $go_version is too old: Hashmend needs 1.25 or newer."
at_least "$node_version" 20.19 || die "Node $node_version is too old: Hashmend needs 20.19 or newer."

if ! command -v dpkg-query >/dev/null; then
  distribution=$(sed -n 's/^PRETTY_NAME=//p' /etc/os-release 2>/dev/null | tr -d '"')
  printf 'Untried on %s: this was tried on Debian 12. It needs what these Debian packages hold:\n' "${distribution:-this system}" >&2
  needs "$1" | sed '/^$/d; s/^/  /' >&2
  exit 0 # the build says what is really missing
fi

# shellcheck disable=SC1091
. /etc/os-release
[ "${ID:-}-${VERSION_ID:-}" = debian-12 ] || echo "Untried on ${PRETTY_NAME:-this system}: this was tried on Debian 12."

missing=()
reasons=
while IFS=: read -r package reason; do
  [ -n "$package" ] || continue
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] && continue
  missing+=("$package")
  reasons+="  $package —$reason"$'\n'
done < <(needs "$1")
[ ${#missing[@]} -gt 0 ] || exit 0

say "Packages missing here:"
printf '%s' "$reasons"
install=(apt-get install -y --no-install-recommends "${missing[@]}")
if [ "$(id -u)" != 0 ]; then
  die "Only root may install them. Please run:
  sudo apt-get update && sudo ${install[*]}
and then this again."
fi
say "Installing them"
export DEBIAN_FRONTEND=noninteractive
log=$cache/apt.log # a thousand lines that matter only when it fails
{ apt-get update -qq && "${install[@]}" -qq; } >"$log" 2>&1 </dev/null ||
  { tail -n 20 "$log"; die "They could not be installed; the whole of it is in $log."; }
