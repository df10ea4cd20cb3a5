#!/usr/bin/env bash
# Build the program, build/bin/hashmend, and the commands of backend/cmd.
source "$(dirname "$0")/lib.sh"

build/scripts/front.sh
say "Building the program"
go build -buildvcs=false -trimpath -tags "$window_tags" -ldflags "-s -w -X main.version=$(version)" -o "$out/hashmend" .
for command in backend/cmd/*/; do
  go build -buildvcs=false -trimpath -tags "$tags" -ldflags "-s -w -X main.version=$(version)" -o "$out/" "./$command"
done
