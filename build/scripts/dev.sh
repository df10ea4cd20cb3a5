#!/usr/bin/env bash
# The window with the front end's development server behind it. The practice of
# a developer stays apart from a person's own data.
source "$(dirname "$0")/lib.sh"

build/scripts/setup.sh run
build/scripts/front.sh
exec go tool -modfile=build/tools.mod wails dev -m -nosyncgomod -tags "webkit2_41,$tags" -appargs "--data $PWD/$cache/dev"
