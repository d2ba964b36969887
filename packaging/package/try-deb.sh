#!/usr/bin/env bash
# The part of test-deb.sh that runs on the machine on which the package is tried.
#
#   try-deb.sh PACKAGE FOLDER      (FOLDER: where the picture goes)
set -euo pipefail

deb=$(realpath "$1") pictures=$(realpath "$2")
work=$(mktemp -d)
chmod 755 "$work"
user=quietline-test
xvfb="" app="" made=""

finish() {
	for pid in $app $xvfb; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	if [ -n "$made" ]; then userdel --remove "$user" 2>/dev/null || true; fi
	rm -rf "$work"
}
trap finish EXIT
die() {
	printf 'try-deb: %s\n' "$1" >&2
	if [ -s "$work/app.log" ]; then sed 's/^/  program: /' "$work/app.log" >&2; fi
	exit 1
}
ok() { printf '  ok: %s\n' "$1"; }
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
apt() { apt-get --quiet=2 --yes --no-install-recommends "$@" >"$work/apt.log" 2>&1 || die "apt-get $*: $(tail -n 20 "$work/apt.log")"; }

# files: everything on this machine but what is nobody's or the package manager's.
files() {
	find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /run -o -path /home -o -path "$pictures" -o -path /try \
		-o -path /var/cache -o -path /var/log -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/lib/systemd \) -prune -o -print | sort
}

apt update
apt install xvfb xauth xdotool x11-utils imagemagick desktop-file-utils adduser
# What the package asks for, before it: so its own files are told from theirs.
apt satisfy "$(dpkg-deb --field "$deb" Depends)"
if ! id "$user" >/dev/null 2>&1; then
	useradd --create-home --shell /bin/bash "$user"
	made=yes
fi
home=$(getent passwd "$user" | cut -d : -f 6)
files >"$work/before"

dpkg --install "$deb" >"$work/apt.log" 2>&1 || die "dpkg: $(cat "$work/apt.log")"
for program in /usr/bin/quietline /usr/bin/quietctl; do
	if ldd "$program" | grep 'not found'; then die "$program lacks a library that its package does not ask for"; fi
done
desktop-file-validate /usr/share/applications/io.quietline.app.desktop
ok "it installs; what it asks for is enough"

# as COMMAND...: as the plain user, in a session of its own.
install --directory --owner="$user" --mode=700 "$work/session"
session=(setpriv --reuid="$user" --regid="$user" --init-groups env -i HOME="$home" USER="$user" PATH=/usr/local/bin:/usr/bin:/bin LANG=en_US.UTF-8
	LC_ALL=C.UTF-8 XDG_RUNTIME_DIR="$work/session" QUIETLINE_SECRETS="file")
as() { "${session[@]}" "$@"; }
cd /
version=$(dpkg-deb --field "$deb" Version)
as quietctl --lang en version >"$work/version"
grep -q "^quietctl ${version%%+*}" "$work/version" || die "quietctl says: $(cat "$work/version")"
commit=${version##*.}
case $version in *+git*) grep -q "^commit $commit of 20[0-9-]*$" "$work/version" || die "quietctl does not name commit $commit: $(cat "$work/version")" ;; esac
as quietctl --lang en check 95588 | grep -q 95588 || die "quietctl checks no number"
ok "quietctl says its version and checks a number"

as bash -c 'source /usr/share/bash-completion/completions/quietctl && complete -p quietctl' >/dev/null || die "bash does not take the completions"
for page in man1/quietline man1/quietctl zh_CN/man1/quietline zh_CN/man1/quietctl; do
	# A system without documentation (dpkg's path-exclude) has none to look at.
	if dpkg --verify quietline | grep -q "man/$page"; then continue; fi
	gzip -dc "/usr/share/man/$page.1.gz" | grep -q '^\.TH' || die "there is no manual page $page"
done
ok "completions and manual pages are in place"

mkfifo "$work/display"
# A display of the machine around this system, whose files are not here, would be
# found first: its socket has a name without a file.
free=0
while grep -q "/tmp/.X11-unix/X$free\$" /proc/net/unix; do free=$((free + 1)); done
Xvfb ":$free" -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
xvfb=$!
read -r -t 60 number <"$work/display" || die "Xvfb did not start: $(cat "$work/xvfb.log")"
export DISPLAY=":$number"
session+=("DISPLAY=$DISPLAY")

# wait_for WHAT COMMAND...: until it succeeds, at most a minute.
wait_for() {
	local what=$1 tries=0
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ "$tries" -lt 300 ] || die "waited a minute for $what"
		kill -0 "$app" 2>/dev/null || die "the program ended while waiting for $what"
		sleep 0.2
	done
}
# drawn: the window shows something, and the same twice.
drawn() {
	import -window "$window" "$work/now.png"
	sleep 0.5
	import -window "$window" "$pictures/window-installed.png"
	[ "$(identify -format %k "$work/now.png")" -gt 50 ] || return 1
	[ "$(compare -metric AE "$work/now.png" "$pictures/window-installed.png" null: 2>&1 | cut -d . -f 1)" -lt 400 ]
}
"${session[@]}" quietline --lang en >"$work/app.log" 2>&1 & # not by way of as: the signal goes to the program
app=$!
wait_for "a window" xdotool search --onlyvisible --class .
window=$(xdotool search --onlyvisible --class . | tail -n 1)
wait_for "a page in the window" drawn
# The first of the two names, which is the same in every language.
class=$(xprop -id "$window" WM_CLASS | sed 's/.* = "\([^"]*\)".*/\1/')
wanted=$(sed -n 's/^StartupWMClass=//p' /usr/share/applications/io.quietline.app.desktop)
[ "$class" = "$wanted" ] || die "the window has the name $class, the desktop file says $wanted"
ok "the window opens ($class)"
kill -TERM "$app"
status=0
wait "$app" || status=$?
app=""
[ "$status" = 0 ] || die "the program ended with $status"
as quietctl doctor >"$work/doctor" 2>&1 || die "the workspace is not sound: $(cat "$work/doctor")"
ok "it ends when asked and leaves a sound workspace"

apt purge quietline
files >"$work/after"
if ! diff "$work/before" "$work/after" >"$work/left"; then die "removing left or took something: $(grep '^[<>]' "$work/left")"; fi
[ -f "$home/.local/share/quietline/quietline.db" ] || die "removing took the data of the user"
ok "it goes, and the data of the user stays"
