#!/usr/bin/env bash
# Runs every fuzz target for a while (go test takes one at a time). Making an
# interesting input smaller may by default take a minute, which was all that
# targets with large seeds did.
#
#   packaging/fuzz.sh TAGS [FUZZTIME]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tags=$1 time=${2:-20s}
{ grep -roE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' internal || true; } | sort -u | while IFS=: read -r file name; do
	name=${name#func }
	printf '\n==> %s in %s\n' "$name" "$(dirname "$file")"
	go test -tags "$tags" -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 10x "./$(dirname "$file")"
done
