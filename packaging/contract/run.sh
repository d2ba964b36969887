#!/usr/bin/env bash
# `make test-contract`: our side of the intake API against a mock that somebody
# else's program, Prism, makes of assets/openapi/intake-v1.yaml. It holds every
# request against the description and answers with its examples.
#
#   packaging/contract/run.sh TAGS
#
# Prism and what it needs are pinned by package-lock.json and installed into
# .cache/contract, once; scripts of packages are not run. Everything is on
# loopback.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

tags=${1:?tags are missing}
ctl=$PWD/build/quietctl
spec=$PWD/assets/openapi/intake-v1.yaml
home=$PWD/.cache/contract
work=$(mktemp -d)
mock=""
cleanup() {
	if [ -n "$mock" ]; then
		kill "$mock" 2>/dev/null || true
		wait "$mock" 2>/dev/null || true
	fi
	rm -rf "$work"
}
trap cleanup EXIT
die() {
	printf 'contract: %s\n' "$1" >&2
	[ ! -s "$work/mock.log" ] || tail -n 20 "$work/mock.log" >&2
	exit 1
}

node -e 'const [a, b, c] = process.versions.node.split(".").map(Number)
process.exit(a > 18 || (a === 18 && (b > 20 || (b === 20 && c >= 1))) ? 0 : 1)' ||
	die "Node.js 18.20.1 or newer is needed, this is $(node --version)"

# Installed anew only when what is pinned has changed.
if ! cmp -s "$here/package-lock.json" "$home/installed.json"; then
	rm -rf "$home"
	mkdir -p "$home"
	cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$home/"
	(cd "$home" && npm ci --loglevel=error) >&2 || die "Prism could not be installed; is there a network?"
	cp "$here/package-lock.json" "$home/installed.json"
fi

# A port that is free now; nobody else should take it within a second.
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
# --errors: a request or an answer that breaks the description is an error.
node "$home/node_modules/@stoplight/prism-cli/dist/index.js" mock "$spec" --errors --host 127.0.0.1 --port "$port" >"$work/mock.log" 2>&1 &
mock=$!
url=http://127.0.0.1:$port
for _ in $(seq 300); do
	! grep -q 'is listening' "$work/mock.log" || break
	kill -0 "$mock" 2>/dev/null || die "the mock ended"
	sleep 0.1
done
grep -q 'is listening' "$work/mock.log" || die "the mock does not start"
! grep -qiE 'error|warn' "$work/mock.log" || die "Prism objects to the description"

echo "contract: the client"
QUIETLINE_CONTRACT_MOCK=$url go test -tags "$tags" -count=1 -run '^TestAgainstTheMock' ./internal/channel/intake

echo "contract: quietctl"
q() { "$ctl" --data-dir "$work/workspace" --lang en --json "$@"; }
# says PATTERN COMMAND...: the command succeeds and prints a line like that.
says() {
	local pattern=$1 out
	shift
	out=$(q "$@") || die "quietctl $*: exit code $?: $out"
	grep -qE -- "$pattern" <<<"$out" || die "quietctl $*: no line like $pattern in: $out"
}
says '"name":"mock"' channels add mock --kind intake --url "$url"
says '"practice":true' channels test mock
says '"send_state":"queued"' complaints new --number 95013000 --at '2024-05-20 09:15:03' --category loan --channel mock
says '"send_state":"sent","receipt_number":"P20240520-000001-9"' complaints send
says '"case_state":"accepted","case_state_before":"received"' complaints sync
id=$(q complaints list | sed -n 's/^{"id":"\([^"]*\)".*/\1/p')
says '"withdrawal":\{"state":"done"' complaints withdraw "$id" --reason 对方已道歉
says '"case_state":"closed"' complaints show "$id"
echo "contract: kept"
