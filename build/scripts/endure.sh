#!/usr/bin/env bash
# endure.sh kill|failover [TIMES]: kill one of two centres, or the primary of their
# database, again and again under load. Nothing may be lost, nothing there twice.
# make test does each once.
source "$(dirname "$0")/lib.sh"

case ${1:-} in
  kill) test=TestOneOfTwoCentresIsKilled times=${2:-50} ;;
  failover) test=TestThePrimaryIsKilledAndItsStandbyPromoted times=${2:-10} ;;
  *) die "endure.sh kill|failover [TIMES]" ;;
esac

build/scripts/setup.sh test
go test -c -tags "$tags" -o "$out/endure.test" ./backend/cmd/centred
cd backend/cmd/centred
passed=0
for ((n = 1; n <= times; n++)); do
  if "../../../$out/endure.test" -test.run "^$test\$" >"../../../$out/endure.log" 2>&1; then
    passed=$((passed + 1))
  else
    cat "../../../$out/endure.log"
  fi
done
echo "$test: $passed of $times passed"
[ "$passed" = "$times" ]
