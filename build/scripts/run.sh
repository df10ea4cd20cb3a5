#!/usr/bin/env bash
# Build the program and start it: a window, or with --webdesk, or where there is
# no display, an address for a browser on this PC.
source "$(dirname "$0")/lib.sh"

build/scripts/setup.sh run
build/scripts/program.sh
if [ "${1:-}" != --webdesk ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  say "No display here: serving the program to a browser"
  set -- --webdesk
fi
exec "$out/hashmend" "$@"
