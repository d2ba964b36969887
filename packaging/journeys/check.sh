#!/usr/bin/env bash
# Check a number: type it and read the verdict, look a name up in the registry,
# add what no list has.

shot home
text 95588
shot listed 20000
says '"verdict":"listed"' check 95588 || die "95588 is not what its picture says"
text 001
shot invalid
says '"verdict":"invalid"' check 95588001 || die "95588001 is not what its picture says"
ok "a verdict appears while typing"

# The registry is one Shift+Tab before the number box; its search follows.
keys ctrl+3
shot page
keys shift+Tab Return Tab
text yinhang
shot registry 20000
ok "the registry finds pinyin"

keys ctrl+n
shot form 100000
text 959010
tab "$(words 2 3)"
text "$(words 小区物业 "House management")"
tab "$(words 2 1)"
keys Down Down Return
shot filled
keys ctrl+Return
expect "a number of one's own is in the registry" says '"own":true' check 959010
shot added
