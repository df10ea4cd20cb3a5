#!/usr/bin/env bash
# Write the golden files of every package that has some.
source "$(dirname "$0")/lib.sh"

mapfile -t packages < <(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' app backend build | xargs -r -n 1 dirname | sort -u | sed 's,^,./,')
[ ${#packages[@]} -gt 0 ] || die "no package has golden files"
go test -tags "$tags" "${packages[@]}" -update
git --no-pager diff --stat
