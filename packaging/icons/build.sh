#!/usr/bin/env bash
# Draws assets/icons/quietline.png (512 x 512) from quietline.svg.
# Needs rsvg-convert. Debian: apt-get install librsvg2-bin
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v rsvg-convert >/dev/null || {
	echo "icons: rsvg-convert is missing. Debian: apt-get install librsvg2-bin" >&2
	exit 1
}
rsvg-convert --width 512 --height 512 --output assets/icons/quietline.png assets/icons/quietline.svg
echo "icons: assets/icons/quietline.png"
