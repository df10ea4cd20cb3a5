#!/usr/bin/env bash
# Build what the Go program embeds: the label fonts and the front end. Quick when
# nothing changed.
source "$(dirname "$0")/lib.sh"

installed=frontend/node_modules/.package-lock.json # written by npm at its end
if newer "$installed" frontend/package-lock.json; then
  say "Front end: installing its packages (npm ci)"
  (cd frontend && npm ci --no-audit --no-fund --loglevel=error)
  touch "$installed"
fi

go run ./build/fontprep

sources=(frontend/src frontend/wailsjs frontend/public frontend/scripts frontend/index.html
  frontend/package.json frontend/package-lock.json frontend/vite.config.ts frontend/tsconfig.json frontend/lingui.config.ts)
if newer frontend/dist/index.html "${sources[@]}"; then
  say "Front end: building"
  (cd frontend && npm run --silent build)
fi
