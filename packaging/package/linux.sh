#!/usr/bin/env bash
# Builds both programs for Linux and lays out build/package/linux/usr, from which
# the .deb and the tar.xz are made.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

linux=$out/linux
share=$linux/usr/share
rm -rf "$linux"
mkdir -p "$linux/usr/bin" "$share/applications" "$share/metainfo" "$share/icons/hicolor" "$share/man/man1" "$share/man/zh_CN/man1" \
	"$share/bash-completion/completions" "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"

# Position independent and with its tables read-only, as Debian wants programs.
export CGO_ENABLED=1 CGO_LDFLAGS="-Wl,-z,relro,-z,now"
for program in quietline quietctl; do
	echo "linux: $program"
	go_build "$linux/usr/bin/$program" -buildmode=pie -tags "$TAGS" "./app/$program"
done
made_of linux "$TAGS" "$linux/doc"
cp "$linux/doc/quietline.cdx.json" "$dist/quietline-$VERSION-linux-$(go env GOARCH).cdx.json"

install -m 644 packaging/package/linux/$app.desktop "$share/applications/"
sed "s/@VERSION@/$VERSION/; s/@DAY@/${DATE%T*}/" packaging/package/linux/$app.metainfo.xml >"$share/metainfo/$app.metainfo.xml"
for size in 16 24 32 48 64 128 256 512; do
	mkdir -p "$share/icons/hicolor/${size}x$size/apps"
	icon "$size" "$share/icons/hicolor/${size}x$size/apps/$app.png"
done
mkdir -p "$share/icons/hicolor/scalable/apps"
install -m 644 assets/icons/quietline.svg "$share/icons/hicolor/scalable/apps/$app.svg"

ctl() { QUIETLINE_DATA_DIR=$out/none "$linux/usr/bin/quietctl" "$@"; }
manual() { sed "s/@VERSION@/$VERSION/; s/@DAY@/${DATE%T*}/" "packaging/package/linux/$1"; }
ctl --lang en manual | gzip -9n >"$share/man/man1/quietctl.1.gz"
ctl --lang zh-Hans manual | gzip -9n >"$share/man/zh_CN/man1/quietctl.1.gz"
manual quietline.1 | gzip -9n >"$share/man/man1/quietline.1.gz"
manual quietline.zh_CN.1 | gzip -9n >"$share/man/zh_CN/man1/quietline.1.gz"
# Who types in Chinese sees Chinese while completing, too: the texts come from
# the program at that moment.
ctl completion bash >"$share/bash-completion/completions/quietctl"
ctl completion zsh >"$share/zsh/vendor-completions/_quietctl"
ctl completion fish >"$share/fish/vendor_completions.d/quietctl.fish"
[ ! -e "$out/none" ] || die "writing the manual made a workspace"
