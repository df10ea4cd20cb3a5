#!/usr/bin/env bash
# bench.sh [PART...]: measure beside peers. The limits and their reasons are in
# build/bench. Windows open on a display of their own.
source "$(dirname "$0")/lib.sh"

build/scripts/setup.sh bench
build/scripts/program.sh
go build -buildvcs=false -trimpath -tags "$window_tags" -ldflags "-s -w" -o "$out/blank" ./build/bench/blank
go build -buildvcs=false -tags "$tags" -o "$out/bench" ./build/bench
go build -buildvcs=false -tags "$tags" -o "$out/bare" ./build/bench/bare
# A peer in a module of its own: where it cannot be built, it is not measured.
(cd build/bench/pocketbase && go build -buildvcs=false -o "../../../$out/pocketbase" .) || rm -f "$out/pocketbase"
# The same of PouchDB, which ships its own build of LevelDB.
if [ $# = 0 ] || [[ " $* " == *" data "* ]]; then
  (cd build/bench/couch && npm ci --no-audit --no-fund --loglevel=error) || rm -rf build/bench/couch/node_modules
fi
say "Measuring"
xvfb-run -a -s "-screen 0 1280x800x24" dbus-run-session -- "$out/bench" "$@" 2> >(grep -v -e dbus-daemon -e JSC_SIGNAL >&2)
