#!/usr/bin/env bash
# `make demo`: the main job from end to end, in a data folder that is thrown
# away: import the sample call log, check its numbers, file three complaints
# over HTTP, print the receipts and the timeline, and ask the endpoint itself
# whether it has them. Uses quietctl and bash only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

ctl=$PWD/build/quietctl
log=assets/samples/calls-20240522090000.xml
data=$(mktemp -d)
server=""
cleanup() {
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	rm -rf "$data"
}
trap cleanup EXIT

step() { printf '\n── %s · %s\n' "$1" "$2"; }
q() { "$ctl" --data-dir "$data/workspace" "$@"; }
die() {
	printf 'demo: %s\n' "$1" >&2
	exit 1
}
# field NAME: that field's first value in each line of JSON.
field() {
	awk -v key="\"$1\":" '{
		at = index($0, key)
		if (!at) next
		value = substr($0, at + length(key))
		if (sub(/^"/, "", value)) sub(/".*/, "", value)
		else sub(/[,}].*/, "", value)
		if (value != "null") print value
	}'
}

step "Import the sample call log" "导入示例通话记录"
q calls import "$log"
q calls list

step "Check its numbers" "查询其中的号码"
q --json calls list | field display | awk 'length && !seen[$0]++' | q check -

step "Start the practice endpoint (files nothing anywhere)" "启动练习受理端（不会向任何机构投诉）"
mkfifo "$data/out"
"$ctl" --data-dir "$data/workspace" practice serve --addr 127.0.0.1:0 --data "$data/practice.db" >"$data/out" 2>"$data/practice.log" &
server=$!
exec 3<"$data/out"
first=""
read -r -t 30 first <&3 || true
url=$(printf '%s\n' "$first" | field url)
[ -n "$url" ] || die "the practice endpoint did not start: $(cat "$data/practice.log")"
cat <&3 >/dev/null & # whatever it says later must not block it
echo "$url"
q channels add practice --kind intake --url "$url"

step "File three complaints" "提交三件投诉"
# file CALLED_AT NUMBER OPTIONS...: queues one and keeps its id.
ids=()
file() {
	local at=$1 number=$2 id
	shift 2
	id=$(q --json complaints new --number "$number" --at "$at" --channel practice "$@" | field id)
	[ -n "$id" ] || die "the complaint about $number was not queued"
	ids+=("$id")
}
file "2024-05-20 09:15:03" 95013000 --category loan --technique recorded --harm 1 --description "录音推销贷款，已明确拒绝。"
file "2024-05-20 22:47:11" 9521330012 --category insurance --description "夜间推销保险。"
file "2024-05-21 03:02:05" 17012340000 --category malicious --technique ring_once --description "凌晨响一声就挂断。"
q complaints send --channel practice

step "Receipts, confirmed by the endpoint itself" "回执编号（已向受理端核实）"
# get PATH: what the endpoint answers, status line first.
get() {
	local host=${url#http://}
	exec 4<>"/dev/tcp/${host%:*}/${host##*:}"
	printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1" "$host" >&4
	cat <&4
	exec 4>&-
}
for id in "${ids[@]}"; do
	receipt=$(q --json complaints show "$id" | field receipt_number)
	[ -n "$receipt" ] || die "no receipt for complaint $id"
	answer=$(get "/v1/complaints/$receipt")
	case $answer in
	"HTTP/1.1 200 "*"$receipt"*) printf '%s  ✓ GET /v1/complaints/%s: 200\n' "$receipt" "$receipt" ;;
	*) die "the endpoint does not know receipt $receipt: ${answer%%$'\r'*}" ;;
	esac
done

step "Timeline of the first" "第一件的经过"
q complaints show "${ids[0]}"

step "Done; the data folder of this demo is removed" "演示结束，演示数据已删除"
