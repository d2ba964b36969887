#!/usr/bin/env bash
# Look after a parent: add her, say what she agreed to, have the folder watched
# into which her phone's log comes, read the alert and act on it.

mother=$(words 妈妈 Mum)
keys ctrl+6
shot family
keys ctrl+n
shot form 100000
text "$mother"
# The relation is her child's, the second authority is oral, the tenth province
# Jiangsu.
keys Tab Down Down Return
keys Tab Down Down Down Return
keys Tab Down
xdotool key --delay 60 --repeat 11 --repeat-delay 60 Down
keys Return Tab
text 13800000003
shot filled
keys ctrl+Return
expect "she is there, with what she agreed to" says "\"name\":\"$mother\",\"relation\":\"child\".*\"13800000003\".*\"authority\":\"oral\"" people list
shot added 100000
hush
shot quiet

# The folder stands in her form, behind the number and its button.
folder=$(words 妈妈的手机 mums-phone)
mkdir "$HOME/$folder"
click "$(words 466 519)" 536
shot edit 100000
tab 6
keys Return
shot folders 100000
# The first folder of the home folder, and the button that takes it.
click 293 192
shot folder
click -60 -56
shot watched 100000
keys Escape
shot person 100000

# On the first page, what her phone wrote down arrives by itself.
keys ctrl+1
shot home
mother_calls >"$HOME/$folder/calls.xml"
expect "her phone's log is imported by itself" counts 10 '"id"' calls list --person "$mother"
expect "a stranger's long talk is noticed" says '"kind":"long_stranger_call".*"state":"new"' alerts --person "$mother"
shot imported 50000
hush
shot alert
# Behind the number box: two buttons, three large ones, the first of the alert.
keys ctrl+f
tab 7
keys Return
expect "the alert is marked as seen" says '"kind":"long_stranger_call".*"state":"seen"' alerts --person "$mother"
shot seen
