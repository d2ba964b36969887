#!/usr/bin/env bash
# `make test-package`: installs the .deb of dist/ on a bare Debian 12 as its reader
# would, uses both programs as a plain user, removes the package, and looks at what
# is left: the data of the user, and nothing else.
#
#   packaging/package/test-deb.sh [--here]
#
# Needs root. --here does it on this machine, which should be a container that is
# thrown away; else in a chroot (packaging/bare.sh). Leaves a picture of the window in
# build/window-installed.png.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

die() {
	printf 'test-deb: %s\n' "$1" >&2
	exit 1
}
say() { printf '\n### %s\n' "$1"; }

debs=(dist/quietline_*_"$(dpkg --print-architecture)".deb)
[ -f "${debs[0]}" ] && [ "${#debs[@]}" = 1 ] || die "there should be one .deb in dist/; please run: make package"
mkdir -p build

if [ "${1:-}" = --here ]; then
	[ "$(id -u)" -eq 0 ] || die "needs root, to install a package"
	packaging/package/try-deb.sh "${debs[0]}" build
	exit
fi

source packaging/bare.sh
bare_needs
new_bare
connect "$root"
mkdir "$root/try"
cp "${debs[0]}" packaging/package/try-deb.sh "$root/try/"
status=0
enter "/try/try-deb.sh /try/$(basename "${debs[0]}") /try" || status=$?
if [ -f "$root/try/window-installed.png" ]; then cp "$root/try/window-installed.png" build/; fi
[ "$status" = 0 ] || die "the package did not pass"
say "The package installs, works and goes. The window: build/window-installed.png"
