#!/usr/bin/env bash
# Run on a Mac: builds dist/quietline-VERSION-macos.zip with Quietline.app, which
# runs on Apple and Intel processors, and quietctl beside it.
#
#   make package-macos        (it passes TAGS, VERSION and COMMIT)
#
# Needs Go and Apple's command line tools. The app is signed for this machine only
# ("ad hoc"); SIGN_IDENTITY="Developer ID Application: …" signs it for others.
# Written for bash 3.2, which is what macOS has.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
umask 022

die() {
	printf 'macos: %s\n' "$1" >&2
	exit 1
}
[ "$(uname -s)" = Darwin ] || die "this runs on a Mac only; on Linux: make package"
: "${TAGS:?comes from the Makefile}" "${VERSION:?comes from the Makefile}"
for program in go lipo sips iconutil codesign ditto; do
	command -v "$program" >/dev/null || die "$program is missing; please run: xcode-select --install"
done
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
date=$(date -u -r "$epoch" +%Y-%m-%dT%H:%M:%SZ)
release=${VERSION%%+*}

out=$PWD/build/macos
folder=$out/quietline-$VERSION-macos
bundle=$folder/Quietline.app
rm -rf "$out"
mkdir -p "$bundle/Contents/MacOS" "$bundle/Contents/Resources/en.lproj" "$bundle/Contents/Resources/zh-Hans.lproj" dist

# Screen readers are served by Fyne on macOS (and Windows) behind a tag.
tags=$TAGS,accessibility
export CGO_ENABLED=1 GOOS=darwin MACOSX_DEPLOYMENT_TARGET=12.0
for program in quietline quietctl; do
	for arch in arm64 amd64; do
		echo "macos: $program for $arch"
		case $arch in arm64) clang="clang -arch arm64" ;; *) clang="clang -arch x86_64" ;; esac
		GOARCH=$arch CC=$clang CXX=${clang/clang/clang++} go build -tags "$tags" -trimpath -buildvcs=false -o "$out/$program-$arch" \
			-ldflags "-s -w -X quietline/internal/platform.version=$VERSION -X quietline/internal/platform.commit=${COMMIT:-} -X quietline/internal/platform.date=$date" \
			"./app/$program"
	done
	lipo -create -output "$out/$program" "$out/$program-arm64" "$out/$program-amd64"
done
mv "$out/quietline" "$bundle/Contents/MacOS/quietline"
mv "$out/quietctl" "$folder/quietctl"

# What they are made of, as the go command says.
(unset GOOS && CGO_ENABLED=0 go build -o "$out/notices" ./packaging/notices)
go list -deps -json -tags "$tags" ./app/quietline ./app/quietctl >"$out/packages.json"
"$out/notices" -version "$VERSION" -go "$(go env GOVERSION)" -date "$date" \
	-bom "$folder/quietline.cdx.json" -notices "$folder/THIRD-PARTY-NOTICES.txt" <"$out/packages.json"
cp LICENSE README.md README.zh-CN.md "$folder/"
cp LICENSE "$folder/THIRD-PARTY-NOTICES.txt" "$bundle/Contents/Resources/"

iconset=$out/quietline.iconset
mkdir "$iconset"
for size in 16 32 128 256; do
	sips -z $size $size assets/icons/quietline.png --out "$iconset/icon_${size}x$size.png" >/dev/null
	sips -z $((2 * size)) $((2 * size)) assets/icons/quietline.png --out "$iconset/icon_${size}x$size@2x.png" >/dev/null
done
cp assets/icons/quietline.png "$iconset/icon_512x512.png"
iconutil --convert icns --output "$bundle/Contents/Resources/quietline.icns" "$iconset"
sed "s/@RELEASE@/$release/" packaging/macos/Info.plist >"$bundle/Contents/Info.plist"
printf '"CFBundleDisplayName" = "静线";\n"CFBundleName" = "静线";\n' >"$bundle/Contents/Resources/zh-Hans.lproj/InfoPlist.strings"
printf '"CFBundleDisplayName" = "Quietline";\n' >"$bundle/Contents/Resources/en.lproj/InfoPlist.strings"

for signed in "$folder/quietctl" "$bundle"; do
	if [ -n "${SIGN_IDENTITY:-}" ]; then
		codesign --force --timestamp --options runtime --sign "$SIGN_IDENTITY" "$signed"
	else
		codesign --force --sign - "$signed"
	fi
	codesign --verify --strict "$signed"
done
"$folder/quietctl" --lang en version
ditto -c -k --norsrc --keepParent "$folder" "dist/quietline-$VERSION-macos.zip"
echo "macos: dist/quietline-$VERSION-macos.zip"
