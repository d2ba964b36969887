#!/usr/bin/env bash
# Sourced by test-journeys.sh and seen by the journeys beside it: a filled
# workspace, what a person does with keyboard and mouse, pictures, and questions
# to the workspace itself, because a picture proves nothing.
source "$(dirname "${BASH_SOURCE[0]}")/../xvfb.sh"
source "$(dirname "${BASH_SOURCE[0]}")/records.sh"

lang=$1 task="" shots=0 data=""
# The workspace that every journey begins with, and where its pictures go.
filled=$work/filled pictures=$PWD/build/journeys/$lang
# shellcheck disable=SC2034 # die uses it
failed="journeys-failed-$lang"

# How large the window is made.
width=1160 height=780

# q ARGS...: the command line on the workspace of the open window.
q() { build/quietctl --data-dir "$data" --lang "$lang" "$@"; }

# says PATTERN ARGS...: whether the command line says something that matches. All of
# it is read: who writes to nobody ends with a fault.
says() {
	local pattern=$1
	shift
	q --json "$@" | grep -E -- "$pattern" >/dev/null
}

# counts N PATTERN ARGS...: whether that many lines of it match.
counts() {
	local n=$1 pattern=$2
	shift 2
	[ "$(q --json "$@" | grep -Ec -- "$pattern")" = "$n" ]
}

# expect WHAT COMMAND...: a step is done when the workspace says so.
expect() {
	wait_for "$@"
	ok "$1"
}

ok() { printf '  %s, %s: %s\n' "$lang" "$task" "$1"; }

# words CHINESE ENGLISH: the ones of the language of the window.
words() {
	case $lang in
	zh-Hans) printf '%s' "$1" ;;
	*) printf '%s' "$2" ;;
	esac
}

# hand_over FILE: opens it with the program, whose window takes it.
hand_over() { build/quietline --data-dir "$data" "$1" >/dev/null || die "the window does not take the file"; }

# shot WORDS [LEAST]: a picture of the window at rest. It differs from the last one,
# or the step before it did nothing; by LEAST pixels where the answer comes later
# than what was typed.
shot() {
	local picture least=${2:-$cursor} end=$((SECONDS + 120))
	shots=$((shots + 1))
	printf -v picture '%s/%s-%02d-%s.png' "$pictures" "$task" "$shots" "$1"
	still "$picture"
	until [ "$shots" = 1 ] || [ "$(apart "$last" "$picture")" -gt "$least" ]; do
		[ "$SECONDS" -lt "$end" ] || die "too little changes in the window after ${last##*/}"
		sleep 0.2
		still "$picture"
	done
	last=$picture
}

# keys KEY...: one after the other, as fast as a quick typist.
keys() { xdotool key --delay 60 "$@"; }

# tab N: so many times the Tab key, backwards where N is negative.
tab() {
	local key=Tab n=$1
	if [ "$n" -lt 0 ]; then
		key=shift+Tab n=$((-n))
	fi
	xdotool key --delay 60 --repeat "$n" --repeat-delay 60 "$key"
}

text() { xdotool type --delay 20 -- "$1"; }

# click X Y: at that place of the window; from the right or the bottom where
# negative.
click() {
	local x=$1 y=$2
	[ "$x" -ge 0 ] || x=$((width + x))
	[ "$y" -ge 0 ] || y=$((height + y))
	xdotool mousemove --window "$window" "$x" "$y" click 1
	rest
}

# drawn: whether a page reaches into the corner that came with the size.
drawn() {
	still "$work/drawn.png"
	[ "$(convert "$work/drawn.png" -format '%[fx:p{1150,770}.g > 0.5]' info:)" = 1 ]
}

# ground COLOUR: whether a notice of this ground is in the window.
ground() {
	still "$work/ground.png"
	[ "$(convert "$work/ground.png" -fill black +opaque "$1" -fill white -opaque "$1" -format '%[fx:int(mean*w*h)]' info:)" -gt 5000 ]
}

# rest: the pointer where it is over nothing, below the navigation. Of its leaving
# the window the program would not hear.
rest() { xdotool mousemove --window "$window" 20 "$((height - 20))"; }

# hush: closes what is said at the bottom of the window, by its button, which stands
# at the right end of the dark ground.
hush() {
	local end
	end=$(convert "$last" -crop "${width}x1+0+$((height - 51))" +repage -colorspace gray -threshold 25% txt:- |
		awk -F, '/#000000/ { x = $1 } END { print x }')
	click "$((end - 50))" -51
}

# journey TASK: the one beside this, on a copy of the filled workspace.
journey() {
	task=$1
	rm -f "$pictures/$task"-*.png
	begin
	# shellcheck source=/dev/null
	source "packaging/journeys/$task.sh"
	end
}

# begin: a copy of the filled workspace with a window on it.
begin() {
	shots=0
	data=$work/$task
	rm -rf "$data"
	cp -r "$filled" "$data"
	rm -rf "${work:?}/home"
	mkdir -m 700 "$work/home"
	start --data-dir "$data"
	wait_for "the first page" titled
	# No window manager is there to place it.
	xdotool windowmove --sync "$window" 0 0 windowsize --sync "$window" "$width" "$height"
	rest
	wait_for "the first page in its size" drawn
}

# end: the window closes in order and leaves the workspace sound.
end() {
	stop || die "the program ended with exit code $?"
	[ -z "$(find "$data" -name '*crash*' -print -quit)" ] || die "a crash file is left behind"
	q doctor >/dev/null || die "the workspace is not sound afterwards"
}

# fill: the workspace that every journey begins with: a month of calls, some of
# them complained about.
fill() {
	data=$filled
	own_log >"$work/own.csv"
	quietly channels add practice --kind intake --url practice:
	quietly settings set language "$lang"
	quietly people set 本人 --name "$(words 林晓 "Lin Xiao")" --number 13800000002 --province 32
	quietly calls import "$work/own.csv"
	complain 95013000 loan recorded "$(words "录音推销贷款，已明确拒绝。" "A recorded voice sold loans although I had refused.")"
	complain 9521330012 insurance night "$(words "夜间推销保险。" "Sold insurance at night.")"
	quietly complaints send
	complain 17012340000 malicious ring_once "" --draft
}

# quietly ARGS...: the command line, which is heard only when it fails.
quietly() { q "$@" >"$work/said" 2>&1 || die "quietctl $1 $2: $(cat "$work/said")"; }

# complain NUMBER CATEGORY TECHNIQUE TEXT ARGS...: about the newest call of it.
complain() {
	local number=$1 category=$2 technique=$3 text=$4 id
	shift 4
	id=$(q --json calls list --number "$number" --limit 1 | sed -n '1s/.*"id":\([0-9]*\).*/\1/p')
	quietly complaints new --call "$id" --category "$category" --technique "$technique" ${text:+--description "$text"} "$@"
}

# letters TEXT: gives the keyboard a key for each of these letters. xdotool would
# lend one key to one letter after the other, which a slow program reads too late.
letters() {
	local i key=248
	for ((i = 0; i < ${#1}; i++)); do
		printf 'key <I%d> { [ U%04X ] };\n' "$((key + i))" "'${1:i:1}"
	done >"$work/keys"
	[ "$((key + i))" -le 256 ] || die "no keys for so many letters"
	xkbcomp -w 0 -xkb "$DISPLAY" - | sed -e '/^ *key <I2[45][0-9]>/d' -e "/^xkb_symbols/r $work/keys" | xkbcomp -w 0 - "$DISPLAY"
}
