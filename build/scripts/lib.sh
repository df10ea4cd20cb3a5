# What all scripts share. Source it from bash; it changes to the repository's root.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# FTS5 is compiled into SQLite by a tag; the window needs two more.
tags=sqlite_fts5
window_tags=desktop,production,webkit2_41,$tags
out=build/bin
cache=build/cache
mkdir -p "$out" "$cache"

# SQLite then syncs data only, as its own build does where it can: the time of the
# last write need not be on the disk.
export CGO_CFLAGS="${CGO_CFLAGS:--O2 -g} -DHAVE_FDATASYNC=1"

# No browser is downloaded: the tests use the distribution's.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# The tools of build/tools.mod: wails, staticcheck, govulncheck, nfpm, versitygw.
tool() { go tool -modfile=build/tools.mod "$@"; } # -n NAME prints the path instead

version() { sed -n 's/.*"productVersion": "\(.*\)".*/\1/p' wails.json; }

# newer FILE PATH...: is any file under the paths newer than this one? Compiled
# translations are left out: a check writes them, and nothing reads them.
newer() {
  local stamp=$1; shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" -newer "$stamp" -not -path '*/locales/*.[jt]s' -not -name locales -print -quit 2>/dev/null)" ]
}
