#!/usr/bin/env bash
# Sourced by the scripts of `make package`: what is built, from which sources, and
# with which flags. Every output depends on the sources and the tools alone, not on
# the folder, the time, the language or the umask.
set -euo pipefail
umask 022
export LC_ALL=C.UTF-8 TZ=UTC
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

die() {
	printf '%s: %s\n' "$(basename "$0")" "$1" >&2
	exit 1
}

: "${TAGS:?comes from the Makefile}" "${VERSION:?comes from the Makefile}"
COMMIT=${COMMIT:-}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || true)}
[ -n "$SOURCE_DATE_EPOCH" ] || die "this is no git clone; please set SOURCE_DATE_EPOCH to the time of the sources (seconds since 1970)"
export SOURCE_DATE_EPOCH
DATE=$(date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)

# shellcheck disable=SC2034 # for the scripts that source this
app=io.quietline.app
out=$root/build/package
dist=$root/dist
# shellcheck disable=SC2034
tools=$root/.cache/bin
# How hard the archives are pressed; 0 is fast, for trying something out.
# shellcheck disable=SC2034
level=${LEVEL:-6}
mkdir -p "$out" "$dist"

# go_build OUTPUT FLAGS... PROGRAM: a program without symbols; the linker gets $extld,
# too. The platform comes through the environment.
go_build() {
	local output=$1
	shift
	go build -trimpath -buildvcs=false -o "$output" \
		-ldflags "-s -w -X quietline/internal/platform.version=$VERSION -X quietline/internal/platform.commit=$COMMIT -X quietline/internal/platform.date=$DATE ${ldflags:-}" "$@"
}

# made_of SYSTEM TAGS FOLDER: the licences and the bill of materials of what is
# built for a system, from what the go command says is linked.
made_of() {
	mkdir -p "$3"
	[ -x "$out/notices" ] || GOOS="" CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$out/notices" ./packaging/notices
	GOOS=$1 CGO_ENABLED=1 go list -deps -json -tags "$2" ./app/quietline ./app/quietctl >"$3/packages.json"
	"$out/notices" -version "$VERSION" -go "$(go env GOVERSION)" -date "$DATE" \
		-bom "$3/quietline.cdx.json" -notices "$3/THIRD-PARTY-NOTICES.txt" <"$3/packages.json"
	rm "$3/packages.json"
}

# icon SIZE FILE: the icon, drawn in that size.
icon() { rsvg-convert --width "$1" --height "$1" --output "$2" assets/icons/quietline.svg; }

# same_time FOLDER: everything in it gets the time of the sources.
same_time() { find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +; }
