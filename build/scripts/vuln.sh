#!/usr/bin/env bash
# Known vulnerabilities in the Go modules and the npm packages we use. It asks
# the databases on the network: what they know fails; where one cannot be reached
# it says "not run", and that is no failure.
source "$(dirname "$0")/lib.sh"

build/scripts/front.sh
said=$(mktemp)
trap 'rm -f "$said"' EXIT
failed=0

say "Go: govulncheck"
code=0
tool govulncheck -tags "$window_tags" ./... 2>"$said" || code=$?
if [ $code != 0 ] && grep -q 'fetching vulnerabilities' "$said"; then
  echo "not run: $(tail -n 1 "$said")"
elif [ $code != 0 ]; then
  cat "$said"
  failed=1
fi

say "npm: audit of what the program ships"
code=0
(cd frontend && npm audit --omit=dev) >"$said" 2>&1 || code=$?
if grep -q 'audit endpoint returned an error\|ENOAUDIT\|ENOTFOUND\|ECONN\|ETIMEDOUT' "$said"; then
  echo "not run: $(grep -m 1 -v '^$' "$said")"
else
  cat "$said"
  [ $code = 0 ] || failed=1
fi
exit $failed
