#!/usr/bin/env bash
# Measures the queueing of a sheet of complaints against SQLite's own import of
# the same rows, which are CSV by then, into the same tables and indexes.
#
#   packaging/bench-batch.sh TAGS [ROWS]
#
# Ours reads and judges the sheet besides. The two take turns, three times, and
# the fastest run of each counts: what else the machine does only ever makes a run
# slower. Prints the times, their ratio (the aim: at most 2), the processor time of
# both and the peak memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tags=$1 rows=${2:-100000} rounds=${ROUNDS:-3}
command -v sqlite3 >/dev/null || packaging/setup.sh test
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -tags "$tags" -o "$work/quietctl" ./app/quietctl
awk -v n="$rows" 'BEGIN {
	print "number,called_at,category,duration,direction,technique,description,complainant_name,complainant_phone,on_behalf_of,relation,authority,province,note"
	split("loan insurance real_estate education 贷款理财", category, " ")
	for (i = 0; i < n; i++)
		printf "95013%04d,%s,%s,%d秒,呼入,recorded;ai_voice,\"对方推销贷款, 第 %d 次，要求加微信。\",居民%d,1380000%04d,,,,安徽,%d号楼\n", i % 10000,
			strftime("%Y-%m-%d %H:%M:%S", 1704067200 + 37 * i, 1), category[i % 5 + 1], i % 90, i, i % 2000, i % 10000, i % 40
}' >"$work/sheet.csv"

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

fresh() {
	rm -rf "$work/data"
	quietctl channels add practice --kind intake --url practice: >/dev/null
}
quietctl() { QUIETLINE_SECRETS="file" "$work/quietctl" --data-dir "$work/data" --json "$@"; }
ours() {
	QUIETLINE_SECRETS="file" "$work/quietctl" --data-dir "$work/data" --json complaints import "$work/sheet.csv" &
	local pid=$! status
	while status=$(cat "/proc/$pid/status" 2>/dev/null); do
		status=$(awk '/^VmHWM/ { print $2 }' <<<"$status")
		[ -n "$status" ] || break # it has ended and gave its memory back
		echo "$status" >>"$work/peak"
		sleep 0.2
	done
	wait "$pid"
}
tables='batch complaint outbox complaint_second event batch_row'
theirs() {
	rm -f "$work"/peer.db*
	sqlite3 "$work/peer.db" <"$work/schema.sql"
	local table
	{
		for table in $tables; do echo ".import --csv '$work/$table.csv' $table"; done
	} | sqlite3 "$work/peer.db"
}

fresh
ours >/dev/null # the rows as they are stored, once
# CSV knows no NULL and no BLOB: what is never set gets a value as short, and an
# index of nothing is left out.
sqlite3 "$work/data/quietline.db" "
	SELECT 'PRAGMA journal_mode = WAL;';
	SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') AND name NOT IN ('outbox_lease', 'batch_paused')
		AND tbl_name IN ('$(sed "s/ /','/g" <<<"$tables")')" |
	sed 's/) STRICT/)/; s/payload  *BLOB/payload TEXT/' >"$work/schema.sql"
for table in $tables; do
	columns=$(sqlite3 "$work/data/quietline.db" "SELECT group_concat(CASE
			WHEN name IN ('problems') THEN 'ifnull(' || name || ', ''null'')'
			WHEN \"notnull\" OR pk THEN name ELSE 'ifnull(' || name || ', 0)' END, ', ') FROM pragma_table_info('$table')")
	sqlite3 "$work/data/quietline.db" ".mode csv" "SELECT $columns FROM $table" >"$work/$table.csv"
done
rm -f "$work/peak"
for _ in $(seq "$rounds"); do
	timed theirs theirs
	fresh
	timed ours ours
done
for table in $tables; do
	[ "$(sqlite3 "$work/peer.db" "SELECT count(*) FROM $table")" = "$(sqlite3 "$work/data/quietline.db" "SELECT count(*) FROM $table")" ] || {
		echo "The two hold different numbers of rows in $table." >&2
		exit 1
	}
done

read -r our_wall our_cpu < <(fastest ours)
read -r their_wall their_cpu < <(fastest theirs)
printf 'queueing of %d complaints, best of %d\n' "$rows" "$rounds"
printf '  quietctl complaints import  %8.2f s   %8.2f s of processor time\n' "$our_wall" "$our_cpu"
printf '  sqlite3 .import             %8.2f s   %8.2f s of processor time\n' "$their_wall" "$their_cpu"
awk -v a="$our_wall" -v b="$their_wall" 'BEGIN { printf "  ratio                       %8.2f     (aim: at most 2.00)\n", a / b }'
[ ! -s "$work/peak" ] || awk '$1 > m { m = $1 } END { printf "  peak memory                 %8.1f MB\n", m * 1024 / 1e6 }' "$work/peak"
