#!/usr/bin/env bash
# wiretest.sh [URL INVITE]: hold a server against the contract: every route, every
# status, every answer as the OpenAPI document says, and a fuzzer. The invite is
# one for an admin. Without arguments our own centre is tested, in process. The
# server gets a few accounts, cases and files: not one that people work with. For
# a certificate of its own say SSL_CERT_FILE=DIR/tls/cert.pem.
source "$(dirname "$0")/lib.sh"

if [ -n "${1:-}" ] && [ -z "${2:-}" ]; then
  die "make wiretest URL=https://… INVITE=XXXX-XXXX-XXXX, an admin's: centred invite --role admin"
fi
WIRETEST_URL=${1:-} WIRETEST_INVITE=${2:-} go test -count=1 -v -tags "$tags" -run TestOurCentre ./backend/wiretest
