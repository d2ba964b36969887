#!/usr/bin/env bash
# Is Go here, and new enough for the go line of go.mod?
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

need=$(sed -n 's/^go \([0-9]*\.[0-9]*\).*/\1/p' go.mod)
how="Install it from https://go.dev/dl/ (Debian's own golang package is too old), put its bin folder into PATH, then run the same command again."

command -v go >/dev/null || {
	echo "Go $need or newer is needed and there is no 'go' in PATH. $how" >&2
	exit 1
}
# Outside the module and without fetching another toolchain: what is installed.
have=$(cd / && GOTOOLCHAIN=local go env GOVERSION)
have=${have#go}
major=${have%%.*}
minor=${have#*.}
minor=${minor%%[!0-9]*}
if [ "$major" -lt "${need%%.*}" ] || { [ "$major" -eq "${need%%.*}" ] && [ "$minor" -lt "${need#*.}" ]; }; then
	echo "Go $need or newer is needed; here is Go $have. $how" >&2
	exit 1
fi
