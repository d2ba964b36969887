#!/usr/bin/env bash
# `make test-windows`: runs the installer of dist/ under Wine on a bare Debian 12,
# uses quietctl.exe, opens the window, and removes everything again. It is no
# Windows, but it shows a broken installer and a program that does not start.
#
# Needs root (packaging/bare.sh). Leaves a picture of the window in
# build/window-wine.png.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

die() {
	printf 'test-windows: %s\n' "$1" >&2
	exit 1
}
say() { printf '\n### %s\n' "$1"; }

setups=(dist/quietline-*-setup.exe)
[ -f "${setups[0]}" ] && [ "${#setups[@]}" = 1 ] || die "there should be one installer in dist/; please run: make package"
packaging/setup.sh package
mkdir -p build

source packaging/bare.sh
bare_needs
new_bare
connect "$root"
mkdir "$root/try"
cp "${setups[0]}" "$root/try/setup.exe"
cp packaging/package/try-windows.sh "$root/try/"
# Go asks this library for randomness; Wine has it since version 8.13 only.
cat >"$root/try/prng.c" <<'EOF'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n) { return SystemFunction036(p, (ULONG)n); }
EOF
x86_64-w64-mingw32-gcc -shared -o "$root/try/bcryptprimitives.dll" "$root/try/prng.c" -ladvapi32
status=0
enter "/try/try-windows.sh" || status=$?
if [ -f "$root/try/window-wine.png" ]; then cp "$root/try/window-wine.png" build/; fi
[ "$status" = 0 ] || die "the installer did not pass"
say "The installer installs, the programs run, and all goes again. The window: build/window-wine.png"
