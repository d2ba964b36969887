#!/usr/bin/env bash
# Proves that a newcomer with a bare Debian 12, git, make and Go needs two
# commands only: `make run` (without a display: the demo) and `make test`, and
# that the second run of each needs no network.
#
#   packaging/newcomer.sh [--keep-caches DIR] [--only run|test] [--no-offline]
#
#   --keep-caches DIR  use DIR as the Go module cache inside, to save downloads,
#                      for example "$(go env GOMODCACHE)"
#   --only run|test    one of the two commands
#   --no-offline       leave out the second runs without network
#
# It clones the last commit, not the files as they lie here. Works in a chroot
# in a mount namespace of its own, so that nothing stays mounted whatever
# happens. Needs root, debootstrap, git and Go; the bare system is kept in
# .cache, so that only the first time takes long.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

die() {
	printf 'newcomer: %s\n' "$1" >&2
	exit 1
}
say() { printf '\n### %s\n' "$1"; }

source packaging/bare.sh
only="run test"
offline=yes
while [ $# -gt 0 ]; do
	case $1 in
	--keep-caches)
		keep=$(realpath "${2:?--keep-caches needs a folder}")
		shift 2
		;;
	--only)
		only=${2:?--only needs run or test}
		shift 2
		;;
	--no-offline)
		offline=""
		shift
		;;
	*) die "unknown option $1" ;;
	esac
done

bare_needs go
[ -z "$(git status --porcelain)" ] || echo "newcomer: some files here are not committed; the clone will not have them" >&2

# furnish ROOT: what this machine needs to reach its registries, then what the
# newcomer brings along: git, make, Go and a clone.
furnish() {
	local root=$1
	connect "$root"
	mkdir -p "$root/usr/local/go" "$root/root/go/pkg/mod"
	cp -a "$(go env GOROOT)/." "$root/usr/local/go/"
	git clone --quiet "file://$PWD" "$root/root/quietline"
}

# inside COMMAND: runs it in the clone.
inside() { enter "cd /root/quietline; $1"; }

new_bare
furnish "$root"

say "what the newcomer brings: git, make, Go"
inside "apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends git make ca-certificates >/dev/null; git --version; make --version | head -n 1; go version"

for target in $only; do
	say "make $target"
	SECONDS=0
	inside "make $target"
	say "make $target: passed in $SECONDS s"
	if [ -n "$offline" ]; then
		say "make $target again, without network"
		SECONDS=0
		network=--net
		inside "make $target"
		network=""
		say "make $target without network: passed in $SECONDS s"
	fi
done
say "A newcomer needs these commands only."
