#!/usr/bin/env bash
# What can be said of the packages without building them: desktop file, AppStream
# data, Info.plist, manual pages, workflow and every shell script.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

packaging/setup.sh check
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
linux=packaging/package/linux
app=io.quietline.app
# filled FILE: a template with a version and a day, as a package has it.
filled() { sed 's/@VERSION@/0.1.0/; s/@DAY@/2026-11-28/' "$1" >"$work/$(basename "$1")"; }

desktop-file-validate "$linux/$app.desktop"
filled "$linux/$app.metainfo.xml"
appstreamcli validate --no-net --no-color "$work/$app.metainfo.xml" >"$work/appstream" || {
	cat "$work/appstream" >&2
	exit 1
}
for page in quietline.1 quietline.zh_CN.1; do
	filled "$linux/$page"
	# groff says what it does not understand; without it man does not run either.
	if command -v groff >/dev/null; then
		groff -man -Kutf8 -Tutf8 -ww -z "$work/$page"
	fi
done
python3 - packaging/macos/Info.plist .github/workflows/*.yml <<'EOF'
import plistlib, sys, yaml
plist = plistlib.load(open(sys.argv[1], "rb"))
assert plist["CFBundleIdentifier"] == "io.quietline.app", plist
for path in sys.argv[2:]:
    jobs = yaml.safe_load(open(path, encoding="utf-8"))["jobs"]
    assert {"linux", "windows", "macos"} <= set(jobs), path
EOF
# The name under which everything looks for everything else.
grep -q "^ID = \"$app\"$" FyneApp.toml
grep -q "<launchable type=\"desktop-id\">$app.desktop<" "$linux/$app.metainfo.xml"

mapfile -t scripts < <(git ls-files --cached --others --exclude-standard -- '*.sh' .ci/run)
shellcheck --severity=warning --external-sources --source-path=SCRIPTDIR "${scripts[@]}"
