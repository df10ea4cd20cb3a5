#!/usr/bin/env bash
# wine-selftest.sh PROGRAM.exe: run the self-test of the Windows program on Linux,
# and read the code on the label it draws as a scanner does.
#
# Wine before 8.5 lacks bcryptprimitives.dll, without which no Go program starts;
# a stub with the one function that Go asks for takes its place in the prefix.
source "$(dirname "$0")/lib.sh"

program=$(realpath "$1")
wine=$(command -v wine64 || command -v wine || echo /usr/lib/wine/wine64)
[ -x "$wine" ] || die "wine is missing: build/scripts/setup.sh package"

WINEPREFIX=$PWD/$cache/wine
export WINEPREFIX WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
trap '"$(dirname "$(realpath "$wine")")/wineserver" -k 2>/dev/null || true' EXIT

system32=$WINEPREFIX/drive_c/windows/system32
if [ ! -d "$system32" ]; then
  say "Wine: making its prefix"
  "$wine" wineboot --init >/dev/null 2>&1 </dev/null || true
fi
[ -d "$system32" ] || die "wine made no prefix in $WINEPREFIX"
if [ ! -e "$system32/bcryptprimitives.dll" ]; then
  x86_64-w64-mingw32-gcc -shared -o "$system32/bcryptprimitives.dll" build/windows/bcryptprimitives.c -ladvapi32
fi
label=$PWD/$out/selftest-label.png
rm -f "$label"
"$wine" "$program" --selftest "Z:${label//\//\\}" </dev/null
code=$(zbarimg --quiet --raw -Sdisable -Sqrcode.enable "$label" 2>/dev/null)
[[ $code == *WO-2026-000001* ]] || die "the label's code says: $code"
echo "ok   the label's code is read: $code"
