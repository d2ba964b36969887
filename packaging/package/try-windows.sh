#!/usr/bin/env bash
# The part of test-windows.sh that runs in the bare system.
set -euo pipefail

xvfb=""
finish() {
	wineserver -k 2>/dev/null || true
	if [ -n "$xvfb" ]; then kill "$xvfb" 2>/dev/null || true; fi
}
trap finish EXIT
die() {
	printf 'try-windows: %s\n' "$1" >&2
	exit 1
}
ok() { printf '  ok: %s\n' "$1"; }
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 WINEDEBUG=-all WINEPREFIX=/try/wine

dpkg --add-architecture i386
apt-get --quiet=2 update >/try/apt.log 2>&1 || true # a mirror may lack an index of the second architecture
apt-get --quiet=2 --yes --no-install-recommends install wine wine64 wine32:i386 xvfb xauth xdotool imagemagick libgl1 >>/try/apt.log 2>&1 ||
	die "apt-get: $(tail -n 5 /try/apt.log)"

mkfifo /try/display
# A display of the machine around this system, whose files are not here, would be
# found first: its socket has a name without a file.
free=0
while grep -q "/tmp/.X11-unix/X$free\$" /proc/net/unix; do free=$((free + 1)); done
Xvfb ":$free" -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>/try/display 2>/try/xvfb.log &
xvfb=$!
read -r -t 60 number </try/display || die "Xvfb did not start: $(cat /try/xvfb.log)"
export DISPLAY=":$number"

wine wineboot --init >/try/boot.log 2>&1 || die "Wine does not start: $(tail -n 5 /try/boot.log)"
cp /try/bcryptprimitives.dll "$WINEPREFIX/drive_c/windows/system32/"
home=$WINEPREFIX/drive_c/users/$(id -un)
local=$home/AppData/Local
program=$local/Programs/Quietline
menu="$home/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Quietline"
key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Quietline'

wine /try/setup.exe /S || die "the installer ended with $?"
for file in "$program"/{quietline,quietctl,uninstall}.exe "$program/THIRD-PARTY-NOTICES.txt" "$menu/Quietline.lnk"; do
	[ -f "$file" ] || die "the installer left out $file"
done
wine reg query "$key" >/dev/null || die "Windows would not list it among its programs"
ok "it installs without asking"

wine "$program/quietctl.exe" --lang en version | grep -q '^quietctl ' || die "quietctl.exe says no version"
wine "$program/quietctl.exe" --lang en check 95588 | grep -q 'Public lists name' || die "quietctl.exe checks no number"
wine "$program/quietctl.exe" people list >/dev/null || die "quietctl.exe makes no workspace"
[ -f "$local/Quietline/quietline.db" ] || die "the workspace is not where it should be"
ok "quietctl.exe works"

# Of the library for screen readers Wine has but a part, and ends who asks for more.
WINEDLLOVERRIDES="uiautomationcore=" wine "$program/quietline.exe" --lang en >/try/app.log 2>&1 &
drawn() {
	local window
	window=$(xdotool search --onlyvisible --name Quietline | tail -n 1)
	[ -n "$window" ] && import -window "$window" /try/window-wine.png && [ "$(identify -format %k /try/window-wine.png)" -gt 50 ]
}
tries=0
until drawn 2>/dev/null; do
	tries=$((tries + 1))
	[ "$tries" -lt 120 ] || die "waited a minute for the window of quietline.exe: $(tail -n 5 /try/app.log)"
	sleep 0.5
done
ok "quietline.exe opens its window"
wineserver -k
wait $! 2>/dev/null || true

wine "$program/uninstall.exe" /S || die "the uninstaller ended with $?"
tries=0
while [ -e "$program" ]; do # it works on as a copy of itself
	tries=$((tries + 1))
	[ "$tries" -lt 120 ] || die "the uninstaller left $(ls "$program")"
	sleep 0.5
done
[ ! -e "$menu" ] || die "the uninstaller left the menu"
if wine reg query "$key" >/dev/null 2>&1; then die "the uninstaller left its entry among the programs"; fi
[ -f "$local/Quietline/quietline.db" ] || die "the uninstaller took the data of the user"
ok "it goes, and the data of the user stays"
