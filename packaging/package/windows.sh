#!/usr/bin/env bash
# Builds both programs for Windows with the cross compiler of mingw-w64, then
# dist/quietline-VERSION-windows-amd64.zip (to unpack anywhere) and
# dist/quietline-VERSION-setup.exe (NSIS, for one user, without administrator).
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

work=$out/windows
folder=quietline-$VERSION-windows-amd64
tree=$work/$folder
rm -rf "$work"
mkdir -p "$tree"

# Icon, manifest and version become an object that the go command links in by its
# name alone; it lies in the source folders only meanwhile.
prefix=x86_64-w64-mingw32
objects=(app/quietline/zz_windows_amd64.syso app/quietctl/zz_windows_amd64.syso)
trap 'rm -f "${objects[@]}"' EXIT
for size in 16 24 32 48 64 256; do icon "$size" "$work/$size.png"; done
icotool --create --output="$work/quietline.ico" "$work"/{16,24,32,48,64}.png --raw="$work/256.png"
cp packaging/package/windows/quietline.manifest "$work/"
# resource PROGRAM DESCRIPTION OBJECT
resource() {
	sed "s/@PROGRAM@/$1/g; s/@DESCRIPTION@/$2/; s/@VERSION@/$VERSION/g; s/@NUMBER@/$(tr . , <<<"${VERSION%%+*}"),0/g" \
		packaging/package/windows/quietline.rc >"$work/$1.rc"
	(cd "$work" && $prefix-windres --codepage=65001 --input="$1.rc" --output-format=coff --output="$1.syso")
	cp "$work/$1.syso" "$3"
}
resource quietline Quietline "${objects[0]}"
resource quietctl "Quietline, command line" "${objects[1]}"

# Screen readers are served by Fyne on Windows (and macOS) behind a tag.
tags=$TAGS,accessibility
export GOOS=windows GOARCH=amd64 CGO_ENABLED=1 CC=$prefix-gcc
echo "windows: quietline.exe"
ldflags="-H windowsgui -extldflags=-static" go_build "$tree/quietline.exe" -tags "$tags" ./app/quietline
echo "windows: quietctl.exe"
ldflags="-extldflags=-static" go_build "$tree/quietctl.exe" -tags "$tags" ./app/quietctl
unset GOOS GOARCH CGO_ENABLED CC
made_of windows "$tags" "$tree"
cp "$tree/quietline.cdx.json" "$dist/$folder.cdx.json"

# Nothing may be needed that is not part of Windows.
needed=$($prefix-objdump -p "$tree/quietline.exe" "$tree/quietctl.exe" | sed -n 's/^\tDLL Name: //p' | tr '[:upper:]' '[:lower:]' | sort -u)
for dll in $needed; do
	case $dll in
	advapi32.dll | bcrypt.dll | comctl32.dll | comdlg32.dll | gdi32.dll | imm32.dll | kernel32.dll | msvcrt.dll | ntdll.dll | ole32.dll | oleaut32.dll | opengl32.dll | \
		propsys.dll | shell32.dll | shlwapi.dll | uiautomationcore.dll | user32.dll | version.dll | winmm.dll | ws2_32.dll) ;;
	*) die "the programs need $dll, which Windows does not have" ;;
	esac
done

for file in LICENSE README.md README.zh-CN.md; do
	case $file in *.md) to=$file ;; *) to=$file.txt ;; esac
	sed 's/$/\r/' "$file" >"$tree/$to"
done
sed -i 's/$/\r/' "$tree/THIRD-PARTY-NOTICES.txt"
same_time "$tree"
(cd "$work" && find "$folder" -type f | sort | zip --quiet -X "-$level" "$dist/$folder.zip" -@)
echo "windows: $dist/$folder.zip"

cp packaging/package/windows/installer.nsi "$work/"
press=yes
[ "$level" != 0 ] || press=""
makensis -V2 -NOCD -INPUTCHARSET UTF8 ${press:+-DPRESS} "-DVERSION=$VERSION" "-DNUMBER=${VERSION%%+*}.0" "-DTREE=$tree" "-DICON=$work/quietline.ico" \
	"-DSIZE=$(du --apparent-size -sk "$tree" | cut -f 1)" "-DOUT=$dist/quietline-$VERSION-setup.exe" "$work/installer.nsi"
echo "windows: $dist/quietline-$VERSION-setup.exe"
