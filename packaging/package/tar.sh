#!/usr/bin/env bash
# Makes dist/quietline-VERSION-linux-ARCH.tar.xz with `fyne package`: any Linux,
# also without root (make user-install). What fyne does not know of is added:
# quietctl, both languages, the licences.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

linux=$out/linux
work=$out/tar
rm -rf "$work"
mkdir -p "$work/in" "$work/out"
# fyne reads FyneApp.toml and the icon of the folder it runs in, and goes on only
# where Go code lies.
mkdir -p "$work/in/assets/icons"
echo "package main" >"$work/in/main.go"
cp FyneApp.toml "$work/in/"
cp assets/icons/quietline.png "$work/in/assets/icons/"
cp "$linux/usr/bin/quietline" "$work/in/quietline"
# Its archive is unpacked again: little compression, little time.
(cd "$work/in" && XZ_OPT=-0 "$tools/fyne" package --target linux --executable quietline)
tar -C "$work/out" -xJf "$work/in/Quietline.tar.xz"

name=quietline-$VERSION-linux-$(go env GOARCH)
mv "$work/out/quietline" "$work/out/$name"
tree=$work/out/$name
local=$(dirname "$(dirname "$(find "$tree/usr" -name quietline -path '*/bin/*')")")
install -m 755 "$linux/usr/bin/quietctl" "$local/bin/"
install -m 644 "$linux/usr/share/applications/$app.desktop" "$local/share/applications/"
install -m 644 LICENSE README.md README.zh-CN.md "$linux/doc/THIRD-PARTY-NOTICES.txt" "$linux/doc/quietline.cdx.json" "$tree/"
# What is done with the one program is done with the other.
awk '{ print } /bin\/\$\(Exec\)/ && !/sed -i/ { gsub(/\$\(Exec\)/, "quietctl"); print }' "$tree/Makefile" >"$work/Makefile"
[ "$(grep -c 'bin/quietctl' "$work/Makefile")" = 4 ] || die "fyne's Makefile has another form than expected"
mv "$work/Makefile" "$tree/Makefile"

chmod -R u=rwX,go=rX "$tree"
tar -C "$work/out" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu -cf "$work/$name.tar" "$name"
xz -T1 "-$level" --stdout "$work/$name.tar" >"$dist/$name.tar.xz"
echo "tar: $dist/$name.tar.xz"
