#!/usr/bin/env bash
# The program within a desktop (packaging/fakedesktop): it follows light and dark
# while it runs, its icon in the tray counts, closing hides the window there and
# the menu brings it back, a second start hands over its files, and without a tray
# closing ends the program.
set -e
# Before the user's own folders are put aside, in which Go keeps what it needs.
go build -C "$(dirname "${BASH_SOURCE[0]}")/.." -o build/fakedesktop ./packaging/fakedesktop
source "$(dirname "${BASH_SOURCE[0]}")/xvfb.sh"

screen 1280x900
data=$work/data
ok() { printf '  ok: %s\n' "$1"; }

# The session bus and the desktop on it.
dbus-daemon --session --nofork --print-address=3 3>"$work/bus" 2>/dev/null &
bus=$!
wait_for "the session bus" test -s "$work/bus"
DBUS_SESSION_BUS_ADDRESS=$(head -n 1 "$work/bus")
export DBUS_SESSION_BUS_ADDRESS
mkfifo "$work/to" "$work/from"
build/fakedesktop <"$work/to" >"$work/from" &
desktop=$!
exec 8>"$work/to" 9<"$work/from"
end_desktop() { kill "$desktop" "$bus" 2>/dev/null || true; }
trap 'end_desktop; finish' EXIT

# answers: what the desktop said, until its "ok".
answers() {
	local line
	while read -r -t 30 line <&9; do
		[ "$line" != ok ] || return 0
		printf '%s\n' "$line"
	done
	die "the desktop does not answer"
}
ask() {
	printf '%s\n' "$*" >&8
	answers
}
answers >/dev/null
# says WHAT PATTERN: all of the answer is read before it is looked at.
says() {
	ask "$1" >"$work/said"
	grep -q "$2" "$work/said"
}
visible() { xdotool search --onlyvisible --pid "$app"; }
hidden() { ! visible; }
# brightness: of the middle of the window, from 0 to 255.
brightness() { import -window "$window" png:- | convert png:- -colorspace Gray -resize '1x1!' -format '%[fx:int(255*u)]' info:; }
is_dark() { [ "$(brightness)" -lt 90 ]; }
is_light() { [ "$(brightness)" -gt 180 ]; }

start --demo --data-dir "$data" --lang en
wait_for "a dark window" is_dark
ask light
wait_for "the window to become light" is_light
ask dark
wait_for "the window to become dark again" is_dark
ok "it follows the desktop between light and dark while it runs"

wait_for "an icon in the tray" says items 1
wait_for "its menu" says menu '^Show Quietline'
ask menu >"$work/menu"
[ "$(wc -l <"$work/menu")" = 5 ] || die "the menu: $(cat "$work/menu")"
grep -q '^[0-9]* new alert' "$work/menu" || die "the menu: $(cat "$work/menu")"
says tip 'Quietline: [0-9]* new alerts\?, [0-9]* complaints\? waiting' || die "the icon says $(ask tip)"
ask click Pause
wait_for "the pause" says menu '^Resume watching'
ask click Resume
wait_for "the end of the pause" says menu '^Pause watching'
ok "an icon in the tray counts, and pauses the watching of folders"

ask close "$window"
wait_for "the window to hide" hidden
kill -0 "$app" || die "the program ended"
wait_for "a word about it" says notes 'Quietline goes on in the tray'
ask click Show
wait_for "the window" visible
ask close "$window"
wait_for "the window to hide again" hidden
ask tap
wait_for "the window after a tap" visible
[ "$(ask notes | grep -c tray)" = 1 ] || die "it says more than once where it goes"
ok "closing hides the window in the tray, and the icon brings it back"

ask close "$window"
wait_for "the window to hide a third time" hidden
printf '时间,号码,类型,响铃时长\n2024-06-20 23:30:00,13900000007,未接,20\n' >"$work/calls.txt"
timeout 60 build/quietline --data-dir "$data" "$work/calls.txt" >"$work/second.log" 2>&1 || die "the second start: $(cat "$work/second.log")"
wait_for "the hidden window to come back" visible
wait_for "the page of calls" eval '[[ $(xdotool getwindowname "$window") == Calls* ]]'
still "$work/import.png"
ok "a second start hands its file over to the hidden window"
mkdir -p build
cp "$work/import.png" build/desktop-import.png

xdotool key Escape
ask no-tray
ask close "$window"
pid=$app app="" status=0
gone() { ! kill -0 "$pid"; }
wait_for "the end" gone
wait "$pid" || status=$?
[ "$status" = 0 ] || die "it ended with exit code $status"
[ -z "$(find "$data" -name '*crash*' -print -quit)" ] || die "a crash file is left behind"
ok "without a tray closing ends the program"

told() {
	import -window "$window" "$work/told.png"
	different "$work/calm.png" "$work/told.png"
}
start --demo --data-dir "$data" --lang en
wait_for "the first page" titled
wait_for "a dark window" is_dark
still "$work/calm.png"
pid=$app app=""
kill -ABRT "$pid"
wait "$pid" 2>/dev/null && die "a fault did not end it"
[ -s "$data/crash.txt" ] || die "a fault leaves nothing"
start --demo --data-dir "$data" --lang en
wait_for "a report of the fault" grep -q '^quietline' "$data/crash-last.txt"
wait_for "the first page" titled
still "$work/told.png"
wait_for "a word about the fault" told
cp "$work/told.png" build/desktop-crashed.png
grep -q 'signal SIGABRT' "$data/crash-last.txt" && grep -q 'main\.main' "$data/crash-last.txt" || die "$(cat "$data/crash-last.txt")"
! grep -qE "/|0x|[0-9]{6}" <(tail -n +4 "$data/crash-last.txt" | sed -E 's#^[^ ]*/##; s#by [^ ]*/#by #') || die "$(cat "$data/crash-last.txt")"
[ "$(stat -c %a "$data/crash-last.txt")" = 600 ] || die "others may read the report"
stop || die "it ended with exit code $?"
ok "after a fault the next start says so, and the report holds names of functions alone"

says notes '[0-9]\{5\}' && die "a notification holds a number: $(cat "$work/said")"
[ "$(stat -c %a "$data/quietline.log")" = 600 ] || die "others may read the log"
ok "no notification holds a number, and only the user reads the log"
