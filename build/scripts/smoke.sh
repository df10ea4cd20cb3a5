#!/usr/bin/env bash
# Start the real window on a display of its own, with a window manager and a
# session bus, and look at it. What the daemons around it say is kept in a file
# and shown when something fails.
source "$(dirname "$0")/lib.sh"

go build -buildvcs=false -o "$out/smoke" ./build/smoke
log=$PWD/$out/smoke.log
: >"$log"
xvfb-run -a -s "-screen 0 1280x800x24" dbus-run-session -- \
  bash -c 'exec 2>>"$4"; openbox >>"$4" & exec "$1" -program "$2" -picture "$3"' - \
  "$out/smoke" "$out/hashmend" "$out/smoke.png" "$log" 2>>"$log" ||
  { tail -n 30 "$log"; exit 1; }
