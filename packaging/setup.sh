#!/usr/bin/env bash
# Installs the system packages that are missing, and nothing else.
#
#   packaging/setup.sh [cli|gui|test|contract|check|package|bare]...
#                                   (no argument: the four that tests need)
#
#   cli   what quietctl is built with: a C compiler (SQLite is C)
#   gui   what the desktop program is built with: OpenGL, X11, Wayland headers
#   test  what the tests of a real window need: Xvfb, xdotool, ImageMagick …,
#         and the sqlite3 shell that the import is measured against
#   contract  what the mock of the intake API runs on: Node.js and npm
#   check     what validates the desktop file, the AppStream data and the scripts
#   package   what the packages are made with, those for Windows too (Debian)
#   bare      what makes and enters a bare Debian system
#
# Debian and Ubuntu: apt-get, as root or through sudo. Elsewhere the command is
# printed and the script stops, unless the tools are there already. Where
# nothing is missing it is silent and uses no network.
#
# Written for bash 3.2 too, which is what macOS has.
set -euo pipefail

debian() {
	case $1 in
	cli) echo gcc libc6-dev make ca-certificates ;;
	gui) echo gcc libc6-dev make ca-certificates pkg-config libgl1-mesa-dev xorg-dev libxkbcommon-dev libwayland-dev ;;
	test) echo xvfb xauth xdotool x11-utils imagemagick libgl1-mesa-dri procps sqlite3 dbus ;;
	contract) echo nodejs npm ;;
	check) echo desktop-file-utils appstream shellcheck python3-yaml ;;
	package) echo dpkg-dev lintian xz-utils zip librsvg2-bin icoutils gcc-mingw-w64-x86-64-win32 binutils-mingw-w64-x86-64 nsis ;;
	bare) echo debootstrap util-linux git ;;
	esac
}
fedora() {
	case $1 in
	cli) echo gcc make ca-certificates ;;
	gui) echo gcc make pkgconf-pkg-config mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel libxkbcommon-devel wayland-devel ;;
	test) echo xorg-x11-server-Xvfb xorg-x11-xauth xdotool xwininfo xprop ImageMagick mesa-dri-drivers procps-ng sqlite dbus-daemon ;;
	contract) echo nodejs npm ;;
	check) echo desktop-file-utils appstream ShellCheck python3-pyyaml ;;
	package) echo dpkg-dev xz zip librsvg2-tools icoutils mingw64-gcc mingw64-nsis ;;
	bare) echo debootstrap util-linux git ;;
	esac
}
arch() {
	case $1 in
	cli) echo gcc make ca-certificates ;;
	gui) echo gcc make pkgconf libglvnd mesa libx11 libxcursor libxrandr libxinerama libxi libxxf86vm libxkbcommon wayland ;;
	test) echo xorg-server-xvfb xorg-xauth xdotool xorg-xwininfo xorg-xprop imagemagick mesa procps-ng sqlite dbus ;;
	contract) echo nodejs npm ;;
	check) echo desktop-file-utils appstream shellcheck python-yaml ;;
	package) echo dpkg xz zip librsvg icoutils mingw-w64-gcc nsis ;;
	bare) echo debootstrap util-linux git ;;
	esac
}
# What proves, without asking a package manager, that a group is there.
programs() {
	case $1 in
	cli) echo gcc make ;;
	gui) echo gcc make pkg-config ;;
	test) echo Xvfb xauth xdotool xwininfo import sqlite3 dbus-daemon ;;
	contract) echo node npm ;;
	check) echo desktop-file-validate appstreamcli shellcheck ;;
	package) echo dpkg-deb dpkg-shlibdeps lintian xz zip rsvg-convert icotool x86_64-w64-mingw32-gcc x86_64-w64-mingw32-windres makensis ;;
	bare) echo debootstrap unshare chroot git ;;
	esac
}
libraries() {
	case $1 in
	gui) echo gl x11 xcursor xrandr xinerama xi xxf86vm xkbcommon wayland-client ;;
	esac
}

say() { printf 'setup: %s\n' "$1" >&2; }

# all LIST: the words of LIST for the groups asked for, each once, in one line.
all() {
	for group in $groups; do "$1" "$group"; done | tr -s ' ' '\n' | awk 'NF && !seen[$0]++' | paste -sd ' ' -
}

# tools_missing: what is not there, found without a package manager.
tools_missing() {
	local missing=""
	for program in $(all programs); do
		command -v "$program" >/dev/null || missing="$missing $program"
	done
	for library in $(all libraries); do
		pkg-config --exists "$library" 2>/dev/null || missing="$missing $library"
	done
	echo "$missing"
}

# packages_missing: Debian packages that are not installed. Node.js often comes
# from elsewhere, in one package with npm: what is there is taken.
packages_missing() {
	local missing=""
	for package in $(all debian); do
		case $package in
		nodejs | npm) command -v "${package/nodejs/node}" >/dev/null && continue ;;
		esac
		dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
	done
	echo "$missing"
}

# ask_for COMMAND: this system is not ours to change; say what to type.
ask_for() {
	local missing
	missing=$(tools_missing)
	[ -n "$missing" ] || exit 0
	say "missing:$missing"
	say "please run this, then the same command again:"
	printf '\n    %s\n\n' "$1" >&2
	exit 1
}

install_debian() {
	local missing root=""
	missing=$(packages_missing)
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null || ask_for "su -c 'apt-get update && apt-get install --no-install-recommends$missing'"
		root=sudo
	fi
	say "installing:$missing"
	# shellcheck disable=SC2086 # lists of words
	$root env DEBIAN_FRONTEND=noninteractive apt-get --quiet update
	# shellcheck disable=SC2086
	$root env DEBIAN_FRONTEND=noninteractive apt-get --quiet install --yes --no-install-recommends $missing
}

groups=${*:-cli gui test contract}
for group in $groups; do
	case $group in
	cli | gui | test | contract | check | package | bare) ;;
	*)
		say "unknown group $group (cli, gui, test, contract, check, package, bare)"
		exit 2
		;;
	esac
done

case $(uname -s) in
Linux)
	if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
		install_debian
	elif command -v dnf >/dev/null; then
		ask_for "sudo dnf install $(all fedora)"
	elif command -v pacman >/dev/null; then
		ask_for "sudo pacman -S --needed $(all arch)"
	else
		ask_for "(your package manager) install what Debian calls: $(all debian)"
	fi
	;;
Darwin)
	# Clang and the frameworks come with the command line tools.
	if ! xcode-select -p >/dev/null 2>&1; then
		say "the C compiler is missing; please run this, then the same command again:"
		printf '\n    xcode-select --install\n\n' >&2
		exit 1
	fi
	;;
MINGW* | MSYS* | CYGWIN*)
	if ! command -v gcc >/dev/null; then
		say "the C compiler is missing; please run this in an MSYS2 UCRT64 window, then the same command again:"
		printf '\n    pacman -S --needed make mingw-w64-ucrt-x86_64-gcc\n\n' >&2
		exit 1
	fi
	;;
*) ask_for "(your package manager) install a C compiler, make, pkg-config and the headers of OpenGL, X11 and Wayland" ;;
esac
