#!/usr/bin/env bash
# Measures whether the desktop program grows while it is used: the real window
# under Xvfb on the sample data and CALLS more calls, clicked and typed through
# by a script, over and over. The memory it holds (VmRSS) is read after one
# minute and then once a minute.
#
#   packaging/bench-memory.sh TAGS [MINUTES] [CALLS]
#
# Prints every reading and the last one as a multiple of the first (the aim: at
# most 1.2 after an hour, MINUTES=60).
tags=$1 minutes=${2:-10} calls=${3:-100000}
GOCACHE=$(go env GOCACHE) GOMODCACHE=$(go env GOMODCACHE) # before HOME is another one
export GOCACHE GOMODCACHE
source "$(dirname "${BASH_SOURCE[0]}")/xvfb.sh"

[ "$minutes" -ge 2 ] || die "MINUTES is at least 2: the first reading is compared with the last"

# Whatever is clicked, nothing leaves the window: no browser is opened.
mkdir "$work/bin"
printf '#!/bin/sh\nexit 0\n' >"$work/bin/xdg-open"
chmod +x "$work/bin/xdg-open"
export PATH="$work/bin:$PATH"

data=$work/data
q() { build/quietctl --data-dir "$data" "$@"; }

keys() { xdotool key --delay 120 "$@"; }
words() { xdotool type --delay 20 "$1"; }
# click X Y [BUTTON [TIMES]]: in parts of a hundred of the window.
click() {
	xdotool mousemove --window "$window" $((WIDTH * $1 / 100)) $((HEIGHT * $2 / 100)) \
		click --repeat "${4:-1}" --delay 60 "${3:-1}"
	sleep 0.2
}
wheel() { # down and up again
	click 60 60 5 "$1"
	click 60 60 4 "$1"
}
# away: closes what lies over the page. Where something was typed, Escape only
# leads to Cancel, and a form asks back first: see cancel and discard.
away() { keys Escape; }
cancel() { keys Escape space; }
discard() { keys Escape Tab space; }
page() {
	keys "ctrl+$1"
	sleep 0.4
}

calls_page() {
	page 2
	wheel 40
	keys ctrl+f ctrl+a
	words 9513
	sleep 0.5
	keys ctrl+a BackSpace
	local row
	for row in 55 62 70 78; do
		click 45 $row
	done
	keys Down Down Down Page_Down Return
	away
	page 2
	keys ctrl+i # the importer, or the files to choose from
	sleep 0.5
	away
	page 2
	keys ctrl+n
	sleep 0.3
	words 0109512
	cancel
}

check_page() {
	page 3
	local n
	for n in 95588 17012345678 02195533 00861069951234; do
		keys ctrl+f ctrl+a
		words "$n"
		sleep 0.3
	done
	wheel 15
	keys ctrl+a BackSpace shift+Tab Return Tab
	words zgyh
	sleep 0.3
	wheel 30
	away
}

complaint_form() {
	page 4
	keys ctrl+n
	sleep 0.4
	words "95013$((RANDOM % 900 + 100))"
	keys Tab Tab
	words "2024-05-20 09:15"
	keys Tab Tab Tab Down Down Return
	wheel 25
	discard
	page 4
	keys Tab Tab Return
	wheel 10
	away
}

other_pages() {
	page 1
	words 95000123
	sleep 0.3
	keys ctrl+a BackSpace
	page 5
	wheel 10
	page 6
	keys ctrl+n
	sleep 0.3
	words Neighbour
	cancel
	wheel 10
	page 7
	wheel 30
	click 60 50
	keys ctrl+f ctrl+a
	words bank
	sleep 0.3
	keys ctrl+a BackSpace
	away
	keys F1
	sleep 0.3
	away
}

# choose N: the choice at the N-th stop of the Tab key on the page of settings;
# the window is built anew for it.
choose() {
	page 1
	page 8
	for _ in $(seq "$1"); do
		keys Tab
	done
	keys space
	sleep 0.6
}
large=5 largest=6 normal=4 dark=9 light=8 chinese=2 english=3

resize() {
	xdotool windowsize --sync "$window" "$1" "$2"
	WIDTH=$1 HEIGHT=$2
}

# round: all of it once, looking different each time.
round() {
	local looks=("$large" "$largest" "$chinese" "$dark" "$normal" "$light" "$english")
	choose "${looks[$(($1 % ${#looks[@]}))]}"
	wheel 30
	away
	if [ $(($1 % 2)) = 0 ]; then
		resize 1000 700
	else
		resize 1200 860
	fi
	calls_page
	check_page
	complaint_form
	other_pages
}

resident() { awk '/^VmRSS/ { print $2 }' "/proc/$app/status"; }

screen 1280x900
go run -tags "$tags" ./packaging/sample -rows "$calls" -format generic_csv -out "$work/sample.csv" >/dev/null
titled() { [[ $(xdotool getwindowname "$window") == *—* ]]; }
start --demo --data-dir "$data" --lang en # fills the workspace with the sample
wait_for "the first page" titled
stop || die "the program ended with exit code $?"
q calls import "$work/sample.csv" >/dev/null
q complaints new --number 95013000 --at "2024-05-20 09:15" --category loan >/dev/null 2>&1
q settings set language en >/dev/null
start --data-dir "$data"
wait_for "the first page" titled
eval "$(xdotool getwindowgeometry --shell "$window")"

printf 'the window on %d calls, clicked through for %d minutes (resident memory)\n' "$calls" "$minutes"
began=$SECONDS read_at=1 rounds=0 first="" last="" sizes=""
while [ "$read_at" -le "$minutes" ]; do
	round "$rounds"
	rounds=$((rounds + 1))
	kill -0 "$app" 2>/dev/null || die "the program ended during round $rounds"
	sizes+=" $(q settings show | awk '$1 == "text_size" { print $2 }')"
	if [ $((SECONDS - began)) -ge $((read_at * 60)) ]; then
		last=$(resident)
		first=${first:-$last}
		printf '  after %3d min %4d rounds %8.1f MB\n' $(((SECONDS - began) / 60)) "$rounds" "$(awk -v k="$last" 'BEGIN { print k * 1024 / 1e6 }')"
		read_at=$(((SECONDS - began) / 60 + 1))
	fi
done
[ "$rounds" -lt 8 ] || [[ $sizes == *normal* && $sizes == *largest* ]] || die "the clicks do not arrive: the text size stayed as it was"
stop || die "the program ended with exit code $?"
[ -z "$(find "$data" -name '*crash*' -print -quit)" ] || die "a crash file is left behind"
q doctor >/dev/null || die "the workspace is not sound afterwards"
awk -v a="$first" -v b="$last" 'BEGIN { printf "  ratio of last to first  %5.2f  (aim: at most 1.2 after an hour)\n", b / a }'
