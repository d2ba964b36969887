#!/usr/bin/env bash
# Makes assets/fonts/NotoSansSC-{Regular,Bold}.ttf again, byte for byte.
#
# Needs npm, and from Debian 12: python3-fonttools 4.38.0, unicode-data 15.0.0.
# Nothing else in the project needs this script: the fonts are committed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

package=@expo-google-fonts/noto-sans-sc@0.4.3
# npm's own integrity line of that version: sha512, base64.
integrity=9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==
python=/usr/bin/python3 # the system's: a private Python lacks Debian's fonttools

die() {
	printf 'fonts: %s\n' "$1" >&2
	exit 1
}

command -v npm >/dev/null || die "npm is missing. Debian: apt-get install npm"
"$python" -c 'import fontTools' 2>/dev/null || die "fontTools is missing. Debian: apt-get install python3-fonttools"
[ -f /usr/share/unicode/Unihan_OtherMappings.txt.bz2 ] || die "Unihan is missing. Debian: apt-get install unicode-data"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm pack --silent "$package" >/dev/null)
archive=$(echo "$work"/*.tgz)
have=$("$python" -c 'import base64, hashlib, sys
print(base64.b64encode(hashlib.sha512(open(sys.argv[1], "rb").read()).digest()).decode())' "$archive")
[ "$have" = "$integrity" ] || die "$package is not the archive this was written for (sha512 differs)"

tar -xzf "$archive" -C "$work"
"$python" packaging/fonts/subset.py "$work/package/400Regular/NotoSansSC_400Regular.ttf" assets/fonts/NotoSansSC-Regular.ttf
"$python" packaging/fonts/subset.py "$work/package/700Bold/NotoSansSC_700Bold.ttf" assets/fonts/NotoSansSC-Bold.ttf
install -m 644 "$work/package/LICENSE_FONT" assets/fonts/OFL.txt

if (cd assets/fonts && sha256sum --quiet --check SHA256SUMS); then
	echo "fonts: the same bytes as recorded in assets/fonts/SHA256SUMS"
else
	die "the bytes differ from assets/fonts/SHA256SUMS: other tool versions? If the change is meant, look at the fonts, then: cd assets/fonts && sha256sum ./*.ttf OFL.txt > SHA256SUMS"
fi
