#!/usr/bin/env bash
# Measures the window under Xvfb, on a screen that is painted by the processor:
#
#   packaging/bench-window.sh TAGS [ROWS]
#
#   * from the start to the first frame and to the first words on the screen:
#     an empty window of the same toolkit with the same fonts (packaging/benchwindow),
#     quietline on an empty workspace, and quietline on one of ROWS (1000000) calls.
#     The three take turns, ROUNDS (9) times;
#   * the processor time of a switch from page to page with ROWS calls, SWITCHES (5)
#     times each: of the program, and besides it that of the threads in which Mesa
#     paints what a graphics card would;
#   * the processor time of a window that rests on its first page with the caret in
#     it, over IDLE (60) seconds, beside that of the empty window.
#
# It prints times, ratios and the aims. A ratio is the median of those of the rounds,
# in each of which the machine is about as busy for all three.
# The workspace of ROWS calls stays in build/bench-window for a week.
tags=$1 rows=${2:-1000000} rounds=${ROUNDS:-9} switches=${SWITCHES:-5} idle=${IDLE:-60}
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
kept=$PWD/build/bench-window
mkdir -p "$kept"
# Before another home hides what Go has built already.
go build -tags "$tags" -o "$kept/" ./packaging/benchwindow ./packaging/sample || exit 1
source packaging/xvfb.sh

large=$kept/calls-$rows empty=$work/workspace
q() { build/quietctl --data-dir "$@"; }
# ready DIR: the first steps are not shown in it.
ready() { sqlite3 "$1/quietline.db" "INSERT OR REPLACE INTO setting VALUES ('welcomed', 'on')"; }

q "$empty" people list >/dev/null
ready "$empty"
find "$kept" -maxdepth 1 -name "calls-$rows" -mtime +7 -exec rm -rf {} +
if [ ! -f "$large/quietline.db" ]; then
	echo "A workspace of $rows calls is made first."
	# The last call is of yesterday, so that the pictures of the last days show something.
	"$kept/sample" -rows "$rows" -until "$(date -d yesterday +%F)" -out "$work/calls.xml"
	q "$work/filled" calls import "$work/calls.xml" >/dev/null
	q "$work/filled" alerts --from "$(date +%F)" >/dev/null # the alerts are there, as they are a minute later
	ready "$work/filled"
	mv "$work/filled" "$large"
	rm "$work/calls.xml"
fi
screen 1280x800

# column FILE N: best and median of the Nth column.
column() { awk -v n="$2" '{ print $n }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[1], v[int((NR + 1) / 2)] }'; }
one() { "$kept/benchwindow" start "${@:2}" >>"$work/$1" 2>"$work/app.log" || die "no first frame: $1"; }

one warm "$kept/benchwindow" empty # fonts and shaders are in the caches then
one warm build/quietline --data-dir "$large"
for _ in $(seq "$rounds"); do
	one peer "$kept/benchwindow" empty
	one empty build/quietline --data-dir "$empty"
	one large build/quietline --data-dir "$large"
done
printf 'start, best of %d (median), in ms         first frame      first words   processor\n' "$rounds"
row() {
	local n best middle
	printf '  %-36s' "$1"
	for n in 1 2 3; do
		read -r best middle < <(column "$work/$2" "$n")
		printf ' %6d (%d)\t' "$best" "$middle"
	done
	printf '\n'
}
row "empty window of the toolkit" peer
row "quietline, empty workspace" empty
row "quietline, $rows calls" large
# ratio TEXT A B COLUMN [AIM]: the median of the ratios round by round, and that of
# the best two. The first frame of quietline has nothing on it yet, so the first
# words are told too.
ratio() {
	paste "$work/$2" "$work/$3" | awk -v n="$4" '{ print $n / $(n + 3) }' | sort -n |
		awk -v text="$1" -v aim="${5:+   (aim: at most $5)}" -v best="$(paste <(column "$work/$2" "$4") <(column "$work/$3" "$4") | awk '{ print $1 / $3 }')" '
			{ v[NR] = $1 } END { printf "  %-48s %6.2f (best to best: %.2f)%s\n", text, v[int((NR + 1) / 2)], best, aim }'
}
ratio "first frame, empty workspace to the peer" empty peer 1 1.30
ratio "first words, empty workspace to the peer" empty peer 2
ratio "first frame, $rows calls to an empty one" large empty 1 1.15
ratio "first words, $rows calls to an empty one" large empty 2 1.15

# busy: the processor time of the program so far, in ms: its own, and that of Mesa's threads.
busy() {
	local t
	for t in /proc/"$app"/task/*; do
		printf '%s %s\n' "$(tr ' ' _ <"$t/comm")" "$(cut -d' ' -f1 "$t/schedstat")" || true
	done 2>/dev/null | awk '$1 ~ /^llvmpipe/ { g += $2; next } { own += $2 } END { printf "%.1f %.1f\n", own / 1e6, g / 1e6 }'
}
# during NAME SECONDS COMMAND…: writes what the command and the time after it took.
during() {
	local own mesa own_then mesa_then
	read -r own mesa < <(busy)
	"${@:3}"
	sleep "$2"
	read -r own_then mesa_then < <(busy)
	awk -v a="$own" -v b="$own_then" -v c="$mesa" -v d="$mesa_then" 'BEGIN { print b - a, d - c }' >>"$work/$1"
}
at() { xdotool mousemove --window "$window" "$1" "$2" click 1; }
quiet=1.2 # longer than any page takes to come

printf '\nprocessor time of a switch with %d calls, median (most) of %d, in ms (aim: at most 100)\n' "$rows" "$switches"
printf '  %-36s   program    painting by Mesa\n' ""
start --data-dir "$large" --lang en
sleep 5
during resting "$quiet" true
names=(Home Calls Check Complaints Batch Family Advice Settings)
for _ in $(seq "$switches"); do
	for i in 2 3 4 5 6 7 8 1; do
		during "page-${names[i - 1]}" "$quiet" xdotool key "ctrl+$i"
	done
done
xdotool key ctrl+2
sleep 1
still "$work/list.png"
at 465 97 # Statistics
still "$work/month.png"
different "$work/list.png" "$work/month.png" || die "the statistics are not where they were"
for _ in $(seq "$switches"); do
	xdotool key ctrl+8
	sleep 1
	during "page-Statistics, 30 days" "$quiet" xdotool key ctrl+2
done
at 876 146 # how far back
sleep 0.5
xdotool key --delay 100 Down Down Down Down Return
still "$work/all.png"
different "$work/month.png" "$work/all.png" || die "the statistics did not change"
for _ in $(seq "$switches"); do
	xdotool key ctrl+8
	sleep 1
	during "page-Statistics, all calls" "$quiet" xdotool key ctrl+2
done
for name in "${names[@]}" "Statistics, 30 days" "Statistics, all calls"; do
	printf '  %-36s ' "$name"
	{ cat "$work/resting"; cat "$work/page-$name"; } | awk 'NR == 1 { r = $1; next } { print $1 - r, $2 }' | sort -n |
		awk '{ own[NR] = $1; mesa += $2 } END { printf "%6.0f (%.0f)    %6.0f\n", own[int((NR + 1) / 2)], own[NR], mesa / NR }'
done
stop || die "the program ended with exit code $?"

printf '\nat rest for %d s, in %% of a processor (aim: less than 1)\n' "$idle"
# rest NAME COMMAND…
rest() {
	"${@:2}" >"$work/app.log" 2>&1 &
	app=$!
	wait_for "a window" xdotool search --onlyvisible --pid "$app"
	sleep 10
	during "rest-$1" "$idle" true
	stop || true
	awk -v n="$1" -v s="$idle" '{ printf "  %-36s %6.2f\n", n, ($1 + $2) / s / 10 }' "$work/rest-$1"
}
rest "empty window of the toolkit" "$kept/benchwindow" empty
rest "quietline, $rows calls" build/quietline --data-dir "$large" --lang en
