#!/usr/bin/env bash
# first-hour.sh: a shop's first hour as the README tells it: a centre is made and
# serves, a customer joins by invite and files an order. The README's own lines
# run as they stand, pasted into one shell, in a folder where the programs stand
# as in this one; nothing else puts them on the path.
source "$(dirname "$0")/lib.sh"

readme=$PWD/README.md
for program in centred hashmendctl; do
  [ -x "$out/$program" ] || die "$out/$program is not built: make run"
done
place=$(mktemp -d)
mkdir -p "$place/$(dirname "$out")"
ln -s "$PWD/$out" "$place/$out"
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
eval "$first"
serving=$!
kill -0 "$serving" 2>/dev/null || die "centred does not serve: $(<serve.log)"

say "A customer"
eval "$second"
hashmendctl --data farm orders | tee orders.txt
grep -q 'WO-' orders.txt || die "the order is not there"
centred check --data shop
say "The first hour runs as the README tells it."
