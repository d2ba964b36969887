#!/usr/bin/env bash
# `make package`: everything that is handed out, into dist/.
#
#   packaging/package/build.sh [deb|tar|windows]...    (no argument: all of them)
#
# VERSION, COMMIT and TAGS come from the Makefile; the time of the sources is that
# of the commit, or SOURCE_DATE_EPOCH.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/env.sh"

[ -z "$(git status --porcelain --untracked-files=no 2>/dev/null || true)" ] ||
	echo "package: some files differ from commit $COMMIT, which the packages will name" >&2

parts=${*:-deb tar windows}
for part in $parts; do
	case $part in
	deb | tar | windows) ;;
	*) die "unknown part $part (deb, tar, windows)" ;;
	esac
done

rm -rf "$out" "${dist:?}"
mkdir -p "$out" "$dist"
case " $parts " in
*" deb "* | *" tar "*) packaging/package/linux.sh ;;
esac
for part in $parts; do "packaging/package/$part.sh"; done

cd "$dist"
sha256sum -- * >"$out/SHA256SUMS"
mv "$out/SHA256SUMS" SHA256SUMS
printf '\n'
cat SHA256SUMS
