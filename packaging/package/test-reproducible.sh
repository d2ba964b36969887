#!/usr/bin/env bash
# `make test-reproducible`: builds the packages twice from the last commit, in two
# folders, at two times, in two languages, time zones and with two masks, and
# compares every byte. The second build shares no cache with the first.
#
#   packaging/package/test-reproducible.sh [deb|tar|windows]...
#
# SAME_CACHE=1 lets both use the same cache of compiled packages, which takes a
# third of the time and proves less.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
here=$PWD
make=${MAKE:-make}

work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
[ -z "$(git status --porcelain)" ] || echo "reproducible: some files here are not committed; what is compared is the last commit" >&2

# build FOLDER NAME=VALUE...: the packages of a clone, with other surroundings.
build() {
	local folder=$1
	shift
	git clone --quiet "file://$here" "$work/$folder"
	mkdir -p "$work/$folder/.cache/bin"
	ln -s "$here/.cache/bin/fyne" "$work/$folder/.cache/bin/fyne"
	env -u VERSION -u COMMIT -u TAGS -u MAKEFLAGS -u MFLAGS -u GOFLAGS "$@" \
		"$make" -C "$work/$folder" --no-print-directory package PARTS="${parts:-}" FYNE= >"$work/log" 2>&1 || {
		tail -n 30 "$work/log" >&2
		echo "reproducible: the build in $folder failed" >&2
		exit 1
	}
}
parts=$*
echo "reproducible: the first build"
(umask 022 && build one TZ=Asia/Shanghai LANG=C.UTF-8)
sleep 2
echo "reproducible: the second build"
cache=$work/cache
if [ -n "${SAME_CACHE:-}" ]; then cache=$(go env GOCACHE); fi
(umask 077 && build another-folder/with/a/longer/name TZ=America/New_York LANG=zh_CN.UTF-8 LC_ALL=C GOCACHE="$cache")

if ! diff "$work/one/dist/SHA256SUMS" "$work/another-folder/with/a/longer/name/dist/SHA256SUMS"; then
	echo "reproducible: the two builds differ" >&2
	exit 1
fi
cat "$work/one/dist/SHA256SUMS"
echo "reproducible: both builds are the same, byte for byte"
