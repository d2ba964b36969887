#!/usr/bin/env bash
# Runs one step of `make test` under a name and says how long it took.
#
#   packaging/step.sh NAME COMMAND...
set -uo pipefail

name=$1
shift
printf '\n==> %s\n' "$name"
SECONDS=0
"$@"
code=$?
if [ $code -eq 0 ]; then
	printf '    ok: %s (%d s)\n' "$name" "$SECONDS"
else
	printf '\n    FAILED: %s (%d s, exit code %d). The reason stands above; this step alone: %s\n' "$name" "$SECONDS" "$code" "$*" >&2
fi
exit $code
