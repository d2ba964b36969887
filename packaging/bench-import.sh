#!/usr/bin/env bash
# Measures the import of a large log against SQLite's own import of the same
# rows, which are CSV by then, into the same table and indexes; then the first
# page of each filter and search in it against that in a log of 10,000 calls.
#
#   packaging/bench-import.sh TAGS [ROWS]
#
# The two take turns, three times, and the fastest run of each counts: what else
# the machine does only ever makes a run slower. Prints the times, their ratio
# (the aim: at most 1), the processor time of both and the peak memory of the
# import (the aim: less than 150 MB).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tags=$1 rows=${2:-1000000} rounds=${ROUNDS:-3}
command -v sqlite3 >/dev/null || packaging/setup.sh test
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -tags "$tags" -o "$work/quietctl" ./app/quietctl
go run -tags "$tags" ./packaging/sample -rows "$rows" -out "$work/calls.xml"

# timed NAME COMMAND…: runs it, and writes "wall cpu" in seconds to NAME.
timed() {
	local name=$1
	shift
	local TIMEFORMAT='%R %U %S'
	{ time "$@" >"$work/out" 2>"$work/err"; } 2>"$work/time" || {
		cat "$work/err" >&2
		exit 1
	}
	awk '{ print $1, $2 + $3 }' "$work/time" >>"$work/$name"
}
# fastest NAME: the run with the least wall time.
fastest() { sort -n "$work/$1" | head -1; }

ours() {
	rm -rf "$work/data"
	QUIETLINE_SECRETS="file" "$work/quietctl" --data-dir "$work/data" --json calls import "$work/calls.xml" &
	local pid=$! status
	while status=$(cat "/proc/$pid/status" 2>/dev/null); do
		status=$(awk '/^VmHWM/ { print $2 }' <<<"$status")
		[ -n "$status" ] || break # it has ended and gave its memory back
		echo "$status" >>"$work/peak"
		sleep 0.2
	done
	wait "$pid"
}
theirs() {
	rm -f "$work/peer.db"
	sqlite3 "$work/peer.db" <"$work/schema.sql"
	sqlite3 "$work/peer.db" ".import --csv '$work/rows.csv' call"
}

ours >/dev/null # the rows as they are stored, once
sqlite3 "$work/data/quietline.db" >"$work/schema.sql" "
	SELECT 'PRAGMA journal_mode = WAL;';
	SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('call', 'person') AND type IN ('table', 'index');
	SELECT 'INSERT INTO person SELECT 1, ''self'', ''self'', '''', '''', 0, NULL;'"
# CSV knows no NULL; '' and 0 take as little room.
sqlite3 "$work/data/quietline.db" >"$work/rows.csv" ".mode csv" "
	SELECT id, person_id, number, ifnull(display, ''), area_code, code, family, verdict, started_at,
		ifnull(duration, 0), ifnull(ring, 0), direction, ordinal, name, category, techniques, note, source
	FROM call ORDER BY id"
rm -f "$work/peak"
for _ in $(seq "$rounds"); do
	timed theirs theirs
	timed ours ours
done
[ "$(sqlite3 "$work/peer.db" 'SELECT count(*) FROM call')" = "$(sqlite3 "$work/data/quietline.db" 'SELECT count(*) FROM call')" ] || {
	echo "The two imports hold different numbers of calls." >&2
	exit 1
}

read -r our_wall our_cpu < <(fastest ours)
read -r their_wall their_cpu < <(fastest theirs)
printf 'import of %d calls, best of %d\n' "$rows" "$rounds"
printf '  quietctl calls import   %8.2f s   %8.2f s of processor time\n' "$our_wall" "$our_cpu"
printf '  sqlite3 .import         %8.2f s   %8.2f s of processor time\n' "$their_wall" "$their_cpu"
awk -v a="$our_wall" -v b="$their_wall" 'BEGIN { printf "  ratio                   %8.2f     (aim: at most 1.00)\n", a / b }'
[ ! -s "$work/peak" ] || awk '$1 > m { m = $1 } END { printf "  peak memory             %8.1f MB  (aim: below 150)\n", m * 1024 / 1e6 }' "$work/peak"

printf '\nfirst page of a log of %d calls (large) against one of 10000 (small)\n' "$rows"
printf '  aims: filters at most 2.0 times, searches at most 5.0 times\n'
go run -tags "$tags" ./packaging/sample -rows 10000 -out "$work/small.xml"
QUIETLINE_SECRETS="file" "$work/quietctl" --data-dir "$work/small" --json calls import "$work/small.xml" >/dev/null
go test -tags "$tags" -c -o "$work/store.test" ./internal/store
QUIETLINE_BENCH_SMALL="$work/small/quietline.db" QUIETLINE_BENCH_LARGE="$work/data/quietline.db" \
	"$work/store.test" -test.run '^$' -test.bench FirstPage -test.benchtime 200x |
	sed -nE 's|^BenchmarkFirstPage/(\S+)\s.* ([0-9.]+) times\s+([0-9.]+) µs-large\s+([0-9.]+) µs-small.*|\1 \2 \3 \4|p' |
	awk '{ n = $1; sub(/-[0-9]+$/, "", n); gsub(/_/, " ", n); printf "  %-46s %8.2f times   %9.0f µs   %9.0f µs\n", n, $2, $3, $4 }'
# The days are judged and counted, as they are a while after an import.
QUIETLINE_SECRETS="file" "$work/quietctl" --data-dir "$work/data" --json alerts --from 2100-01-01 >/dev/null
# What the charts ask, in time of the processor (the aim for a page: at most 100 ms).
go test -tags "$tags" -c -o "$work/lookout.test" ./internal/lookout
QUIETLINE_BENCH_LARGE="$work/data/quietline.db" "$work/lookout.test" -test.run '^$' -test.bench Charts -test.benchtime 5x |
	sed -nE 's|^BenchmarkCharts/(\S+)-[0-9]+\s.* ([0-9.]+) cpu-ms/op.*|\1 \2|p' |
	awk '{ n = $1; gsub(/_/, " ", n); printf "  charts: %-38s %8.1f ms\n", n, $2 }'
