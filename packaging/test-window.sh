#!/usr/bin/env bash
# One real window under Xvfb, driven as a person drives it: type a number, go
# through the pages, file a complaint and hold its receipt; a second start
# raises the first window; the program ends cleanly.
source "$(dirname "${BASH_SOURCE[0]}")/xvfb.sh"

screen 1280x900
data=$work/data
q() { build/quietctl --data-dir "$data" "$@"; }
keys() {
	local key
	for key in "$@"; do
		xdotool key "$key"
		sleep 0.3
	done
}
# count STATE: how many complaints are in it.
count() { q --json complaints list --send-state "$1" | grep -c '"id"' || true; }
has() { [ "$(count "$1")" = "$2" ]; }
ok() { printf '  ok: %s\n' "$1"; }

start --demo --data-dir "$data" --lang en
wait_for "the first page" titled
still "$work/empty.png"
ok "the window opens on sample data"

xdotool type --delay 30 95013000
still "$work/verdict.png"
different "$work/empty.png" "$work/verdict.png" || die "typing a number changed nothing"
ok "a verdict appears while typing"

last=$work/verdict.png
for page in 2 3 4 5 6 8 1; do
	keys "ctrl+$page"
	still "$work/page$page.png"
	different "$last" "$work/page$page.png" || die "Ctrl+$page changed nothing"
	last=$work/page$page.png
done
ok "Ctrl+digit goes through the pages"

# The registry is one Shift+Tab before the number box; its search follows.
keys ctrl+3
xdotool key --delay 80 shift+Tab Return Tab
xdotool type --delay 30 zgyh
still "$work/found.png"
different "$work/page3.png" "$work/found.png" || die "the registry shows nothing for initials"
# What the command line corrects is there when the window is looked at again.
q registry add 95023 --name "Invented Firm" >/dev/null
q --json check 95023 | grep -q '"own":true' || die "the correction is not in the workspace"
ok "the registry is searched from the window and corrected from the command line"

# From the number box to the third big button: the form, prefilled.
keys ctrl+1
xdotool key --delay 80 Tab Tab Tab Tab Tab Return
still "$work/form.png"
different "$work/page1.png" "$work/form.png" || die "the form did not open"
# The time has the focus; the category is three further, its first choice is loans.
xdotool type --delay 30 "2024-05-20 09:15"
keys Tab Tab Tab Down Down Return
still "$work/filled.png"
# File… stands at the bottom right of the page; the question has File focused.
eval "$(xdotool getwindowgeometry --shell "$window")"
xdotool mousemove --window "$window" $((WIDTH - 70)) $((HEIGHT - 35)) click 1
still "$work/question.png"
different "$work/filled.png" "$work/question.png" || die "File… asked nothing"
keys Return
wait_for "the receipt of the complaint" has sent 1
still "$work/receipt.png"
q --json complaints list | grep -q '"number":"95013000","category":"loan".*"receipt_number":"P' || die "the receipt is not in the workspace"
ok "a complaint is filed by keyboard and mouse, with receipt"

q complaints new --number 9521330012 --at "2024-05-20 22:47" --category insurance >/dev/null
wait_for "the open window to send what the command line queued" has sent 2
ok "the open window sends what the command line queued"

second=$(timeout 60 build/quietline --data-dir "$data" 2>&1) || die "the second start failed: $second"
[ -n "$second" ] || die "the second start said nothing"
ok "a second start raises the first window"

stop || die "the program ended with exit code $?"
[ -z "$(find "$data" -name '*crash*' -print -quit)" ] || die "a crash file is left behind"
q doctor >/dev/null || die "the workspace is not sound afterwards"
ok "it ends cleanly and leaves a sound workspace"

status=0
env -u DISPLAY build/quietline --data-dir "$data" >"$work/nodisplay.log" 2>&1 || status=$?
[ "$status" = 1 ] && grep -q quietctl "$work/nodisplay.log" || die "without a display: exit $status, $(cat "$work/nodisplay.log")"
ok "without a display it says so and names quietctl"
