#!/usr/bin/env bash
# test.sh [PART...]: run the parts named, "quick" for those without a browser or
# a window, or all. A part that fails does not stop the others; the last line is
# the sum of all runners.
source "$(dirname "$0")/lib.sh"

quick=(gofmt vet staticcheck go bindings tsc eslint vitest lingui)
all=("${quick[@]}" sbom first-hour e2e smoke)

case "${*:-all}" in
  all) parts=("${all[@]}") ;;
  quick) parts=("${quick[@]}") ;;
  *) parts=("$@") ;;
esac

totals=$PWD/$out/totals
: >"$totals"
go build -buildvcs=false -o "$out/report" ./build/report

# check NAME COMMAND...: one thing that holds or does not.
check() {
  local name=$1 result=passed; shift
  "$@" || result=failed
  "$out/report" check "$name" $result "$totals"
  [ $result = passed ]
}

part_gofmt() { check gofmt unformatted_none; }
unformatted_none() {
  local files
  files=$(gofmt -l main.go app backend build)
  [ -z "$files" ] || { printf 'gofmt would change:\n%s\n' "$files"; return 1; }
}

# The window's own tags too, and what is written for Windows: no other part reads
# those files.
part_vet() {
  local windows
  mapfile -t windows < <(find backend -name '*_windows.go' -printf './%h\n' | sort -u)
  local clean=0
  check vet go vet -tags "$tags" ./... || clean=1
  check vet-window go vet -tags "$window_tags" . ./app/... || clean=1
  check vet-windows env GOOS=windows CGO_ENABLED=0 go vet "${windows[@]}" || clean=1
  return $clean
}

part_staticcheck() { check staticcheck tool staticcheck -tags "$tags" ./...; }

part_go() {
  # Under the race detector two packages take a sample only: it would take minutes
  # for the 10,000 codes compared with the library's, and for 500 made-up worlds.
  {
    go test -race -timeout 15m -tags "$tags" -json ./...
    go test -count=1 -timeout 15m -tags "$tags" -json ./backend/label/qr ./backend/simtest
  } 2>&1 | "$out/report" go "$totals"
}

# What Wails generates from the bound structs is committed; it must come out the
# same. A check leaves the checkout as it found it.
part_bindings() { check bindings bindings_unchanged; }
bindings_unchanged() {
  local before=$cache/wailsjs same=0
  rm -rf "$before" && cp -r frontend/wailsjs "$before"
  mkdir -p "$cache/wails"
  if TMPDIR=$PWD/$cache/wails tool wails generate module -tags "$tags" >"$cache/wails.log"; then
    diff -r "$before" frontend/wailsjs || same=1
  else
    cat "$cache/wails.log"
    same=1
  fi
  rm -rf frontend/wailsjs && mv "$before" frontend/wailsjs
  [ $same = 0 ] || echo "To write it anew: go tool -modfile=build/tools.mod wails generate module -tags $tags"
  return $same
}

part_tsc() { check tsc npm --prefix frontend run --silent typecheck; }
part_eslint() { check eslint npm --prefix frontend run --silent lint; }

part_vitest() {
  (cd frontend && npx vitest run --reporter=default --reporter=json --outputFile.json="../$out/vitest.json") || true
  "$out/report" vitest "$out/vitest.json" "$totals"
}

# Every string of the source is in the catalogues, and every one is translated: a
# string that was not extracted would show as a code on the screen.
part_lingui() {
  local extracted=0
  check catalogues catalogues_unchanged || extracted=1
  check translations npm --prefix frontend run --silent i18n:compile
  return $extracted
}
catalogues_unchanged() {
  local before=$PWD/$cache/catalogues same=0
  rm -rf "$before" && mkdir "$before"
  (cd frontend && find src -name '*.po' -exec cp --parents {} "$before" \;)
  npm --prefix frontend run --silent i18n:extract >"$cache/lingui.log" 2>&1 || { cat "$cache/lingui.log"; same=1; }
  while read -r po; do
    # Only the day on which it was made may differ.
    diff -u -I '^"POT-Creation-Date' -N "$before/$po" "frontend/$po" || same=1
  done < <({ cd "$before" && find src -name '*.po'; cd "$OLDPWD/frontend" && find src -name '*.po'; } | sort -u)
  find frontend/src -name '*.po' -delete
  cp -r "$before/src" frontend/
  rm -rf "$before"
  [ $same = 0 ] || echo "To bring the catalogues up to date: npm --prefix frontend run i18n:extract, then translate"
  return $same
}

part_sbom() {
  build/scripts/program.sh
  go build -buildvcs=false -o "$out/sbom" ./build/sbom
  for program in "$out"/{hashmend,centred,hashmendctl}; do
    "$out/sbom" "$program" >"$program.cdx.json" || return 1
    check "sbom" env SBOM_PROGRAM="$PWD/$program" go test -count=1 -run TestEveryLinkedModuleIsListed ./build/sbom
  done
}

part_first-hour() {
  build/scripts/program.sh
  check first-hour build/scripts/first-hour.sh
}

part_e2e() {
  build/scripts/program.sh
  rm -f "$out/playwright.json"
  (cd frontend && PLAYWRIGHT_JSON_OUTPUT_NAME="../$out/playwright.json" HASHMEND="$PWD/../$out/hashmend" \
    npx playwright test --reporter=list,json ${E2E:-}) || true
  "$out/report" playwright "$out/playwright.json" "$totals"
}

part_smoke() {
  build/scripts/program.sh
  check smoke build/scripts/smoke.sh
}

build/scripts/setup.sh test
build/scripts/front.sh
failed=()
for part in "${parts[@]}"; do
  declare -F "part_$part" >/dev/null || die "no part named $part; there are: ${all[*]}"
  say "$part"
  SECONDS=0
  # Not in an if: errexit would be off inside it.
  set +e
  (set -e; "part_$part")
  [ $? = 0 ] || failed+=("$part")
  set -e
  echo "($part: ${SECONDS} s)"
done

say "Totals"
[ ${#failed[@]} = 0 ] || echo "failed: ${failed[*]}"
"$out/report" total "$totals" && [ ${#failed[@]} = 0 ]
