#!/usr/bin/env bash
# Makes dist/quietline_VERSION_ARCH.deb of build/package/linux with dpkg-deb, and
# has lintian look at it: errors and warnings stop it.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

linux=$out/linux
deb=$out/deb
arch=$(dpkg --print-architecture)
# A build between releases comes after the last one and before the next.
version=${VERSION%%+*}
[ "$version" = "$VERSION" ] || version=$version+git$(date --utc --date="$DATE" +%Y%m%d%H%M%S).$COMMIT
maintainer=${MAINTAINER:-"Quietline maintainers <maintainers@quietline.invalid>"}

rm -rf "$deb"
mkdir -p "$deb/DEBIAN" "$deb/usr/share/doc/quietline"
cp -a "$linux/usr" "$deb/"

doc=$deb/usr/share/doc/quietline
install -m 644 packaging/package/linux/copyright README.md README.zh-CN.md "$doc/"
gzip -9n <"$linux/doc/THIRD-PARTY-NOTICES.txt" >"$doc/THIRD-PARTY-NOTICES.txt.gz"
gzip -9n <"$linux/doc/quietline.cdx.json" >"$doc/quietline.cdx.json.gz"
{
	printf 'quietline (%s) unstable; urgency=medium\n\n' "$version"
	sed -ns '1s/^# [A-Za-z]*: /  * /p' changelog/unreleased/*.md | fold -s -w 76 | sed 's/^\([^ ]\)/    \1/; s/ *$//'
	printf '\n -- %s  %s\n' "$maintainer" "$(date --utc --date="$DATE" --rfc-email)"
} | gzip -9n >"$doc/changelog.gz"

# What the programs are linked with says dpkg-shlibdeps; what GLFW opens when the
# window does, nobody else can know. The file control is there for its sake.
mkdir -p "$out/shlibs/debian"
printf 'Source: quietline\n\nPackage: quietline\nArchitecture: %s\n' "$arch" >"$out/shlibs/debian/control"
linked=$(cd "$out/shlibs" && dpkg-shlibdeps -O "$deb/usr/bin/quietline" "$deb/usr/bin/quietctl" | sed -n 's/^shlibs:Depends=//p')
[ -n "$linked" ] || die "dpkg-shlibdeps found no library"
opened="libx11-6, libxcursor1, libxext6, libxi6, libxinerama1, libxrandr2, libxrender1, libxxf86vm1, libx11-xcb1, libxkbcommon0, libwayland-client0, libwayland-cursor0, libwayland-egl1"
depends=$(printf '%s, %s\n' "$linked" "$opened" | tr ',' '\n' | sed 's/^ *//' | sort -u | awk '{ split($0, name, " "); if (!(name[1] in seen) || NF > 1) line[name[1]] = $0; seen[name[1]] = 1 } END { for (n in line) print line[n] }' | sort | paste -sd ',' - | sed 's/,/, /g')

cat >"$deb/DEBIAN/control" <<EOF
Package: quietline
Version: $version
Architecture: $arch
Maintainer: $maintainer
Installed-Size: $(du --apparent-size -sk "$deb/usr" | cut -f 1)
Depends: $depends
Recommends: xdg-utils, default-dbus-session-bus | dbus-session-bus
Suggests: gnome-keyring | kwalletmanager, fonts-noto-cjk, libdecor-0-0, bash-completion
Section: utils
Priority: optional
Description: log harassing calls, check 95 and 96 numbers, file complaints
 Quietline is for residents of China, for families who look after their old
 people, and for community volunteers. It logs harassing calls, says what
 public lists know about a 95 or 96 number, and files structured complaints
 through an outbox that loses none and files none twice. The history stays on
 this computer.
 .
 This package has the desktop program (quietline) and the command line
 (quietctl), both in Chinese and English. Removing it leaves the data of its
 users where it is.
EOF
(cd "$deb" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$deb/DEBIAN/md5sums"
same_time "$deb"

package=$dist/quietline_${version}_$arch.deb
dpkg-deb --root-owner-group -Zxz -z"$level" --threads-max=1 --build "$deb" "$package" >/dev/null
if [ "$(id -u)" -eq 0 ]; then set -- --allow-root; else set --; fi
lintian "$@" --fail-on error,warning --no-cfg "$package" || die "lintian objects to $package"
echo "deb: $package"
