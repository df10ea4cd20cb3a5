#!/usr/bin/env bash
# soak.sh [SEEDS [CYCLES]]: the harness for a long time, in memory where there is room.
# It goes on where the last call of the same commit stopped.
source "$(dirname "$0")/lib.sh"

build/scripts/setup.sh test
build/scripts/front.sh # a test of the matrix lets a stock client upload
go build -buildvcs=false -o "$out/soak" ./build/soak
"$out/soak" -seeds "${1:-20000}" -cycles "${2:-1000}"
