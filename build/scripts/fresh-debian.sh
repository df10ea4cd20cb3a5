#!/usr/bin/env bash
# fresh-debian.sh [run] [test] [deb]: prove the README on a Debian 12 that has
# nothing but git, make, Go and Node: clone, "make run" in a window, "make test";
# then install the .deb on another one and start it. Needs root and, on this
# machine: mmdebstrap xvfb openbox xdotool imagemagick.
#
# Where packages come from is this machine's own apt configuration; proxies for
# Go and npm are taken from the environment. FRESH_DIR is where the systems are
# built (default build/cache/fresh, a few GB). KEEP=1 leaves them there, and the
# next run takes the bare system and what was downloaded and compiled from them.
source "$(dirname "$0")/lib.sh"

[ "$(id -u)" = 0 ] || die "A system in a folder takes root to make."
for command in mmdebstrap Xvfb openbox xdotool import; do
  command -v "$command" >/dev/null || die "$command is missing: apt-get install mmdebstrap xvfb openbox xdotool imagemagick"
done

# In mount and process namespaces of our own, nothing stays mounted or running
# after us, however we end.
if [ -z "${IN_NAMESPACE:-}" ]; then
  IN_NAMESPACE=1 exec unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi

root=$(realpath -m "${FRESH_DIR:-$cache/fresh}")
pictures=$PWD/$out
mkdir -p "$root"
leave() {
  if [ -n "${screen:-}" ]; then
    kill "$screen" 2>/dev/null
    wait "$screen" 2>/dev/null # it takes its lock away
  fi
  [ -z "${KEEP:-}" ] || return 0
  local system
  for system in "${systems[@]}"; do
    umount --recursive --lazy "$root/$system"
  done
  rm -rf --one-file-system "$root"
}
systems=()
trap leave EXIT

# base NAME: a bare Debian 12, made once and copied.
base() {
  if [ ! -d "$root/base" ]; then
    say "Making a bare Debian 12"
    local sources options=()
    sources=$(mktemp --suffix .sources)
    cat /etc/apt/sources.list.d/*.sources >"$sources" 2>/dev/null || cp /etc/apt/sources.list "$sources"
    while read -r option; do
      options+=(--aptopt="$option")
    done < <(apt-config dump | grep -E '^Acquire::(Check-|Retries|https?::)' | grep -v '""')
    mmdebstrap --quiet --variant=minbase --include=git,make,ca-certificates,libstdc++6 "${options[@]}" \
      bookworm "$root/base" "$sources"
    rm "$sources"
    cp -L /etc/resolv.conf "$root/base/etc/resolv.conf"
    # The authorities this machine trusts, for a network with its own.
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/base/etc/ssl/certs/ca-certificates.crt"
  fi
  rm -rf --one-file-system "${root:?}/$1"
  cp -a "$root/base" "$root/$1"
  printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/$1/etc/hosts" # as Debian's installer does
  mount --bind "$root/$1" "$root/$1"
  systems+=("$1")
  mount -t proc proc "$root/$1/proc"
  mount --rbind /sys "$root/$1/sys"
  mount --rbind /dev "$root/$1/dev"
  mount -t tmpfs tmpfs "$root/$1/tmp"
  mkdir -p "$root/$1/tmp/.X11-unix"
  [ -d /tmp/.X11-unix ] || mkdir -m 1777 /tmp/.X11-unix
  mount --bind /tmp/.X11-unix "$root/$1/tmp/.X11-unix"
  local folder
  for folder in var/cache/apt/archives root/go root/.cache/go-build root/.npm; do
    mkdir -p "$root/kept/$folder" "$root/$1/$folder"
    mount --bind "$root/kept/$folder" "$root/$1/$folder"
  done
}

# inside NAME COMMAND...: run it there, with nothing of our environment but how
# to reach the network.
inside() {
  local name=$1 variables=(); shift
  while IFS= read -r variable; do
    variables+=("$variable")
  done < <(env | grep -iE '^(https?_proxy|no_proxy|all_proxy|GOPROXY|GONOSUMDB|GONOPROXY|GOSUMDB|npm_config_[a-z_]*)=')
  chroot "$root/$name" /usr/bin/env -i "${variables[@]}" "${extra[@]}" \
    HOME=/root TERM=dumb LANG=C.UTF-8 PATH=/usr/local/go/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    "$@"
}
extra=()

give_go_and_node() {
  cp -a "$(go env GOROOT)" "$root/$1/usr/local/go"
  local node npm
  node=$(realpath "$(command -v node)")
  npm=$(dirname "$(dirname "$(realpath "$(command -v npm)")")")
  cp "$node" "$root/$1/usr/local/bin/node"
  mkdir -p "$root/$1/usr/local/lib/node_modules"
  cp -a "$npm" "$root/$1/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/$1/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/$1/usr/local/bin/npx"
}

# display: one of ours, outside, so that the system inside stays bare.
display() {
  [ -z "${screen:-}" ] || return 0
  local number
  number=$(mktemp)
  Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$number" >/dev/null 2>&1 &
  screen=$!
  wait_for "the display" 20 test -s "$number"
  DISPLAY=:$(<"$number")
  export DISPLAY
  rm "$number"
  openbox >/dev/null 2>&1 &
}

# wait_for WHAT SECONDS COMMAND...
wait_for() {
  local what=$1 end=$((SECONDS + $2)); shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || die "$what did not come"
    sleep 0.5
  done
}

# window NAME SECONDS PICTURE COMMAND...: start the program inside, wait until
# its page is painted, take a picture, close the window, and see it end well.
window() {
  local name=$1 seconds=$2 picture=$3 pid; shift 3
  display
  rm -f "$root/$name/tmp/painted.json"
  extra=(DISPLAY="$DISPLAY" HASHMEND_PAINTED=/tmp/painted.json)
  inside "$name" "$@" &
  pid=$!
  extra=()
  wait_for "the window" "$seconds" test -e "$root/$name/tmp/painted.json" -o ! -d "/proc/$pid"
  [ -d "/proc/$pid" ] || die "the program ended by itself"
  import -window root "$pictures/$picture"
  xdotool search --onlyvisible --name '^Hashmend$' windowfocus --sync key --clearmodifiers alt+F4
  wait "$pid"
  echo "The window painted and closed cleanly: $pictures/$picture"
}

fresh_checkout() {
  [ -z "${checked_out:-}" ] || return 0
  checked_out=1
  base work
  give_go_and_node work
  git clone -q --no-hardlinks . "$root/work/root/hashmend"
}

fresh_run() {
  fresh_checkout
  say "make run, in a window"
  window work 1800 fresh-run.png make -C /root/hashmend run
}

fresh_test() {
  fresh_checkout
  say "make test"
  inside work make -C /root/hashmend test
}

fresh_deb() {
  local deb
  deb=$(find "$out" -maxdepth 1 -name 'hashmend_*.deb' | head -n 1)
  [ -n "$deb" ] || die "there is no .deb yet: make package PART=deb"
  say "Installing $(basename "$deb")"
  base user
  cp "$deb" "$root/user/root/hashmend.deb"
  inside user apt-get update -qq
  inside user /usr/bin/env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq /root/hashmend.deb </dev/null >/dev/null
  inside user hashmend --version
  inside user hashmend --selftest
  window user 60 fresh-deb.png hashmend
}

[ $# -gt 0 ] || set -- run test deb
for part in "$@"; do
  declare -F "fresh_$part" >/dev/null || die "fresh-debian.sh: run, test or deb?"
  "fresh_$part"
done
say "Done on a fresh Debian 12: $*"
