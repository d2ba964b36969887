#!/usr/bin/env bash
# Log calls: the log of a phone as a file that is opened with the program, and
# one call by the button of the first page.

counts 32 '"id"' calls list || die "the workspace is not the one that the journey begins with"
keys ctrl+2
shot calls
log=$HOME/$(words 手机通话记录 phone-log).xml
new_calls >"$log"
hand_over "$log"
shot import 100000
keys Return
expect "a phone's log is imported" counts 40 '"id"' calls list
# Until then a dialog says that the file is being read.
wait_for "the report" ground '#E7F4EB'
shot report 10000
keys Return
shot imported 100000

# From the number box to the second big button: the form, prefilled.
keys ctrl+1
shot home
text 95288123456
shot number 20000
tab 4
keys Return
shot form 100000
text "$(moment 1 09:20)"
keys Tab Tab
text 1:05
# Three further the category, of which the first says none; two boxes behind it.
keys Tab Tab Tab Down Down Down Return Tab Tab space
shot filled
keys ctrl+Return
expect "a call is logged" says '"number":"95288123456".*"duration_seconds":65.*"category":"loan","techniques":\["recorded"\]' calls list --number 95288123456
shot logged
