#!/usr/bin/env bash
# No Go file over 400 lines: longer ones are two subjects in one file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

limit=400
folders=()
for folder in app assets i18n internal packaging; do
	[ -d "$folder" ] && folders+=("$folder")
done
long=$(find "${folders[@]}" -name '*.go' -exec awk -v limit="$limit" '
	FNR == 1 && NR > 1 && lines > limit { print file ": " lines " lines" }
	{ file = FILENAME; lines = FNR }
	END { if (lines > limit) print file ": " lines " lines" }' {} +)
if [ -n "$long" ]; then
	printf '%s\n' "$long" >&2
	echo "A Go file has at most $limit lines; please cut it along its subjects." >&2
	exit 1
fi
