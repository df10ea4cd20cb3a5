#!/usr/bin/env bash
# Known vulnerabilities in the Go modules and the npm packages we use. It asks
# the databases on the network.
source "$(dirname "$0")/lib.sh"

build/scripts/front.sh
failed=0
say "Go: govulncheck"
tool govulncheck -tags "$window_tags" ./... || failed=1
say "npm: audit of what the program ships"
(cd frontend && npm audit --omit=dev) || failed=1
exit $failed
