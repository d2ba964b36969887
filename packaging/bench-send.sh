#!/usr/bin/env bash
# Measures sending: `quietctl complaints send` with 8 workers, every attempt and
# result on disk, against a bare net/http client (packaging/benchsend) that posts
# the same bodies with as many workers to the same practice endpoint, which is a
# process of its own with a database of its own.
#
#   packaging/bench-send.sh TAGS [COMPLAINTS] [LARGE]
#
# The two take turns, three times, and the fastest run of each counts: what else
# the machine does only ever makes a run slower. Prints the rates, their ratio
# (the aim: at least 0.60), and the peak memory of the sender for COMPLAINTS and
# for LARGE queued complaints (the aim: less than 120 MB for both).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tags=$1 complaints=${2:-10000} large=${3:-100000} rounds=${ROUNDS:-3} workers=${WORKERS:-8}
export QUIETLINE_SECRETS=file
work=$(mktemp -d)
server=""
cleanup() {
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	rm -rf "$work"
}
trap cleanup EXIT
go build -tags "$tags" -o "$work/quietctl" ./app/quietctl
go build -tags "$tags" -o "$work/benchsend" ./packaging/benchsend

# Another database for every measurement: none is slower because of what came
# before it.
endpoint() {
	if [ -n "$server" ]; then
		kill "$server"
		wait "$server" 2>/dev/null || true
	fi
	rm -f "$work/practice.db"* "$work/served"
	"$work/quietctl" practice serve --addr "127.0.0.1:${port:-0}" --data "$work/practice.db" >"$work/served" 2>"$work/err" &
	server=$!
	until [ -s "$work/served" ]; do
		kill -0 "$server" 2>/dev/null || {
			cat "$work/err" >&2
			exit 1
		}
		sleep 0.1
	done
	url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$work/served")
	port=${url##*:}
}

# send QUEUED RESULT PEAK: sends a copy of a filled outbox and writes down the
# seconds and the most memory that it held, in KiB.
send() {
	rm -rf "$work/data"
	cp -a "$1" "$work/data"
	"$work/quietctl" --data-dir "$work/data" --json complaints send --concurrency "$workers" >"$work/sent" 2>"$work/err" &
	local pid=$! status
	while status=$(cat "/proc/$pid/status" 2>/dev/null); do
		status=$(awk '/^VmHWM/ { print $2 }' <<<"$status")
		[ -n "$status" ] || break # it has ended and gave its memory back
		echo "$status" >>"$3"
		sleep 0.2
	done
	wait "$pid" || {
		tail -1 "$work/sent" >&2
		cat "$work/err" >&2
		exit 1
	}
	tail -1 "$work/sent" | sed -n 's/.*"elapsed_ms":\([0-9]*\).*/\1/p' | awk '{ print $1 / 1000 }' >>"$2"
}
fastest() { sort -n "$work/$1" | head -1; }
# check QUEUED: the endpoint has them all, each once.
check() {
	local n
	n=$("$work/benchsend" count -url "$url")
	[ "$n" = "$1" ] || {
		echo "The endpoint holds $n complaints, not $1." >&2
		exit 1
	}
}

endpoint
"$work/benchsend" queue -data "$work/queued" -url "$url" -n "$complaints"
for _ in $(seq "$rounds"); do
	endpoint
	"$work/benchsend" bare -data "$work/queued" -url "$url" -workers "$workers" >>"$work/bare"
	check "$complaints"
	endpoint
	send "$work/queued" "$work/ours" "$work/peak"
	check "$complaints"
done
printf 'sending %d complaints with %d workers, best of %d\n' "$complaints" "$workers" "$rounds"
awk -v n="$complaints" -v a="$(fastest ours)" -v b="$(fastest bare)" 'BEGIN {
	printf "  quietctl complaints send %8.2f s   %8.0f a second\n", a, n / a
	printf "  bare net/http client     %8.2f s   %8.0f a second\n", b, n / b
	printf "  ratio of the rates       %8.2f     (aim: at least 0.60)\n", b / a }'
peak() { awk '$1 > m { m = $1 } END { printf "  peak memory, %6d      %8.1f MB  (aim: below 120)\n", n, m * 1024 / 1e6 }' n="$1" "$2"; }
[ ! -s "$work/peak" ] || peak "$complaints" "$work/peak"
[ "$large" -gt 0 ] || exit 0
"$work/benchsend" queue -data "$work/large" -url "$url" -n "$large"
endpoint
send "$work/large" "$work/ours_large" "$work/peak_large"
check "$large"
[ ! -s "$work/peak_large" ] || peak "$large" "$work/peak_large"
