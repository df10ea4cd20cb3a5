#!/usr/bin/env bash
# first-hour.sh: a shop's first hour as the README tells it: a centre is made and
# serves, a customer joins by invite and files an order. The README's own lines
# run, with what a person would read off the screen filled in.
source "$(dirname "$0")/lib.sh"

readme=$PWD/README.md
PATH=$PWD/$out:$PATH
for program in centred hashmendctl; do
  [ -x "$out/$program" ] || die "$out/$program is not built: make run"
done
place=$(mktemp -d)
leave() {
  [ -z "${serving:-}" ] || { kill "$serving" 2>/dev/null; wait "$serving" 2>/dev/null || true; }
  rm -rf "$place"
}
trap leave EXIT
cd "$place"

# lines N: the N-th block of the first hour.
lines() {
  sed -n '/<!-- first hour/,/<!-- end of the first hour/p' "$readme" |
    awk -v want="$1" '/^```sh$/ { block++; next } /^```$/ { block += 0.5; next } block == want'
}

first=$(lines 1)
second=$(lines 2.5)
[ -n "$first" ] && [ -n "$second" ] || die "the first hour is not in the README any more"

say "A centre"
eval "$(sed -n '1,2p' <<<"$first") >serve.log 2>&1"
serving=$!
for _ in $(seq 100); do
  grep -q 'listening on' serve.log && break
  kill -0 "$serving" 2>/dev/null || die "centred does not serve: $(<serve.log)"
  sleep 0.1
done
FINGERPRINT=$(eval "$(sed -n 3p <<<"$first")")
INVITE=$(eval "$(sed -n 4p <<<"$first")")

say "A customer"
eval "$second"
hashmendctl --data farm orders | tee orders.txt
grep -q 'WO-' orders.txt || die "the order is not there"
centred check --data shop
say "The first hour runs as the README tells it."
