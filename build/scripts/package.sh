#!/usr/bin/env bash
# package.sh [deb|windows]: make one installer or both, into build/bin.
source "$(dirname "$0")/lib.sh"

package_deb() {
  build/scripts/program.sh
  for program in hashmend centred hashmendctl; do
    go run ./build/sbom "$out/$program" >"$out/$program.cdx.json"
  done
  say "The .deb"
  VERSION=$(version) tool nfpm package -f build/linux/nfpm.yaml -p deb -t "$out/"
}

# The compiler is mingw, the installer NSIS's, for the current user only. WebView2
# is part of Windows 11; where it is missing the installer fetches it.
package_windows() {
  build/scripts/front.sh
  say "The Windows program and its installer"
  local wails
  wails=$(tool -n wails) # built before CC says mingw: it runs here
  CC=x86_64-w64-mingw32-gcc CXX=x86_64-w64-mingw32-g++ CGO_ENABLED=1 \
    "$wails" build -platform windows/amd64 -tags "$tags" -trimpath -ldflags "-X main.version=$(version)" \
    -nsis -installscope user -webview2 embed -skipbindings -s -m -nosyncgomod
  say "Its self-test, under wine"
  build/scripts/wine-selftest.sh "$out/hashmend.exe"
}

build/scripts/setup.sh package
case "${1:-}" in
  '') package_deb; package_windows ;;
  deb | windows) "package_$1" ;;
  *) die "package.sh: deb or windows?" ;;
esac
say "Made:"
find "$out" -maxdepth 1 \( -name '*.deb' -o -name '*installer.exe' \) -printf '  %p (%k KB)\n'
