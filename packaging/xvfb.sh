#!/usr/bin/env bash
# Sourced by the scripts that need a real window: starts a private X server and
# ends exactly what it started. Gives: $work (a folder that goes at the end),
# screen, start, stop, wait_for, still, different, die.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
failed="window-failed" # the name of the picture that a failure leaves in build
xvfb="" app=""

finish() {
	stop || true
	if [ -n "$xvfb" ]; then
		kill "$xvfb" 2>/dev/null || true
		wait "$xvfb" 2>/dev/null || true
	fi
	rm -rf "$work"
}
trap finish EXIT

die() {
	printf '%s: %s\n' "$(basename "$0")" "$1" >&2
	if [ -s "$work/app.log" ]; then
		sed 's/^/  program: /' "$work/app.log" >&2
	fi
	if [ -n "$app" ]; then
		mkdir -p build
		import -window root "build/$failed.png" && echo "  The screen at that moment: build/$failed.png" >&2
	fi
	exit 1
}

# screen WIDTHxHEIGHT: a server of its own on the first free display. It stays as it
# is when its last client goes (-noreset): a program that starts at that moment would
# find no display.
screen() {
	mkfifo "$work/display"
	Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp -noreset 3>"$work/display" 2>"$work/xvfb.log" &
	xvfb=$!
	local number=""
	read -r -t 30 number <"$work/display" || die "Xvfb did not start: $(cat "$work/xvfb.log")"
	export DISPLAY=":$number"
	xdotool mousemove 0 0 # where nothing is under the pointer
}

# Nothing of the user's own session may leak in or be touched.
export QUIETLINE_SECRETS=file LC_ALL=C.UTF-8
export HOME="$work/home" XDG_RUNTIME_DIR="$work/run"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XDG_DATA_HOME QUIETLINE_DATA_DIR
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"

# start ARGS...: the desktop program; returns when its window is there.
start() {
	build/quietline "$@" >"$work/app.log" 2>&1 &
	app=$!
	wait_for "a window" xdotool search --onlyvisible --pid "$app"
	window=$(xdotool search --onlyvisible --pid "$app" | tail -1)
	xdotool windowfocus --sync "$window"
}

# titled: whether the window has the name of its first page.
titled() { [[ $(xdotool getwindowname "$window") == *—* ]]; }

# stop: asks the program to end, as a session does when its user logs out, and
# gives its exit code.
stop() {
	[ -n "$app" ] || return 0
	local status=0 pid=$app
	app=""
	kill -TERM "$pid" 2>/dev/null || true
	wait "$pid" || status=$?
	return "$status"
}

# wait_for WHAT COMMAND...: until the command succeeds, at most two minutes.
wait_for() {
	local what=$1 end=$((SECONDS + 120))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || die "waited two minutes for $what"
		if [ -n "$app" ] && ! kill -0 "$app" 2>/dev/null; then
			die "the program ended while waiting for $what"
		fi
		sleep 0.2
	done
}

# apart FILE FILE: by how many pixels two pictures differ.
apart() {
	local n
	n=$(compare -metric AE "$1" "$2" null: 2>&1) || true
	printf '%.0f\n' "$n"
}

# A text cursor fades in and out for ever; it is smaller than this.
cursor=400

# different FILE FILE: by more than a cursor.
different() { [ "$(apart "$1" "$2")" -gt "$cursor" ]; }

# still FILE: a picture of the window as soon as two in a row are the same but
# for the cursor, so that no animation and no half-drawn page is caught, nor a
# window in which nothing is drawn yet.
still() {
	local tries=0
	import -window "$window" "$work/now.bmp"
	while :; do
		mv "$work/now.bmp" "$work/before.bmp"
		sleep 0.3
		import -window "$window" "$work/now.bmp"
		if cmp -s "$work/before.bmp" "$work/now.bmp" || ! different "$work/before.bmp" "$work/now.bmp"; then
			[ "$(identify -format %k "$work/now.bmp")" -le 50 ] || break
		fi
		tries=$((tries + 1))
		[ "$tries" -lt 150 ] || die "the window does not come to rest"
	done
	convert "$work/now.bmp" "$1"
}
