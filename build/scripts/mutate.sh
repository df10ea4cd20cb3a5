#!/usr/bin/env bash
# Disable each row and guard of the rules in turn; every one must kill a test. Then
# each guard of the protocol; backend/simtest must name the invariant it keeps. Then
# what keeps each row of the fault matrix; the test that the row names must fail.
source "$(dirname "$0")/lib.sh"

go run ./build/mutate
