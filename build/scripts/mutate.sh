#!/usr/bin/env bash
# Disable each row and guard of the rules in turn; every one must kill a test.
source "$(dirname "$0")/lib.sh"

go run ./build/mutate
