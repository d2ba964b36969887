#!/usr/bin/env bash
# The five tasks of the guide in a real window, as a person does them, in both
# languages: test-journeys.sh [LANG [TASK...]]. After each step the workspace is
# asked whether it really happened; build/journeys/LANG/TASK-N-WORDS.png shows it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ $# = 0 ]; then
	# Each language has a screen of its own, so both can go at a time.
	packaging/test-journeys.sh zh-Hans &
	other=$! status=0
	packaging/test-journeys.sh en || status=$?
	wait "$other" || status=$?
	exit "$status"
fi

source packaging/journeys/common.sh "$1"
shift
[ $# -gt 0 ] || set -- check log complain parent sheet
screen 1280x900
letters 妈小区物业
mkdir -p "$pictures"
fill
for name; do
	journey "$name"
done
