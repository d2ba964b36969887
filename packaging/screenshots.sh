#!/usr/bin/env bash
# `make screenshots`: pictures of every page from the real window, in both
# languages, at normal and largest text, into build/screenshots. With
# README=1 the pictures of the READMEs are taken anew as well.
source "$(dirname "${BASH_SOURCE[0]}")/xvfb.sh"

out=$PWD/build/screenshots
mkdir -p "$out"
screen 1280x900

data=$work/data
q() { build/quietctl --data-dir "$data" "$@" >/dev/null; }

# A workspace with something on every page.
fill() {
	local lang=$1 mother=$2 text=$3
	rm -rf "$data"
	q --lang "$lang" people add "$mother" --relation child --province 江苏 --number 13800000002 --authority oral
	q --lang "$lang" calls import --person "$mother" assets/samples/calls-20240522090000.xml
	q --lang "$lang" calls import assets/samples/generic_huadan.csv
	q --lang "$lang" channels add practice --kind intake --url practice:
	q --lang "$lang" complaints new --call 1 --category loan --technique recorded --harm 1 --description "$text" --demand stop_calls
	q --lang "$lang" complaints send
	q --lang "$lang" complaints new --call 4 --category insurance --technique night
	q --lang "$lang" complaints new --number 17012340000 --at "2024-05-21 03:02" --category malicious --draft
	q settings set language "$lang"
}

shots() {
	local lang=$1 size=$2 name="$1-$2"
	q settings set text_size "$size"
	start --data-dir "$data"
	wait_for "the first page" titled
	still "$out/home-$name.png"
	xdotool type 95000123
	still "$out/home-verdict-$name.png"
	if [ "$size" = normal ] && [ "${README:-}" = 1 ]; then
		mkdir -p packaging/screenshots
		convert "$out/home-verdict-$name.png" -strip "packaging/screenshots/home-$lang.png"
	fi
	page 2 "calls-$name"
	check "$name"
	page 4 "complaints-$name"
	page 6 "family-$name"
	page 7 "advice-$name"
	page 8 "settings-$name"
	stop
}

page() {
	xdotool key "ctrl+$1"
	still "$out/$2.png"
}

# check NAME: the parts of the page, by keyboard: they stand before the box that
# has the focus.
check() {
	xdotool key ctrl+3
	xdotool type 0551-96588
	still "$out/check-one-$1.png"
	xdotool key --delay 150 shift+Tab shift+Tab Return
	still "$out/check-many-$1.png"
	xdotool key --delay 150 Tab Return
	still "$out/check-registry-$1.png"
	xdotool key --delay 150 Tab
	xdotool type yinhang
	still "$out/check-found-$1.png"
}

for size in normal largest; do
	fill zh-Hans 妈妈 "录音推销贷款，已明确拒绝。"
	shots zh-Hans "$size"
	fill en Mum "A recorded voice sold loans although I had refused."
	shots en "$size"
done
echo "Pictures are in build/screenshots; please look at them."
