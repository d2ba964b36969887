#!/usr/bin/env bash
# quietctl links no GUI: no Fyne, no OpenGL, no window library. It does carry one
# weight of the font, for its PDFs.
#
#   packaging/check-deps.sh TAGS
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

found=$(go list -deps -tags "$1" ./app/quietctl | grep -E '^fyne\.io/|/go-gl/|^quietline/internal/ui' || true)
if [ -n "$found" ]; then
	printf '%s\n' "$found" >&2
	echo "app/quietctl must not link these: it runs where there is no display." >&2
	exit 1
fi
