#!/usr/bin/env bash
# Disable each row and guard of the rules in turn; every one must kill a test. Then
# each guard of the protocol; backend/simtest must name the invariant it keeps.
source "$(dirname "$0")/lib.sh"

go run ./build/mutate
