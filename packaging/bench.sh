#!/usr/bin/env bash
# Runs every benchmark and prints what they measured.
#
#   packaging/bench.sh TAGS [PATTERN] [BENCHTIME]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tags=$1 pattern=${2:-.} time=${3:-1s}
packages=$({ grep -rlE '^func Benchmark' --include='*_test.go' internal app || true; } | sed 's|^|./|; s|/[^/]*$||' | sort -u)
if [ -z "$packages" ]; then
	echo "There is no benchmark yet."
	exit 0
fi
# One package at a time: two would disturb each other's figures.
# shellcheck disable=SC2086 # a list of words
go test -tags "$tags" -p 1 -run '^$' -bench "$pattern" -benchmem -benchtime "$time" $packages
