#!/usr/bin/env bash
# File a sheet of neighbours' complaints: choose it, say what a column holds,
# see what is wrong with which row, file the rest, hand the results back.

sheet=$(words 3号楼 building-3).csv
neighbours >"$HOME/$sheet"
keys ctrl+5
shot batches
keys ctrl+i
shot dialog 100000
# The first file of the home folder, and the button that opens it.
click 293 192
shot chosen
click -60 -56
shot columns 100000
# Behind the navigation: back, read again, the channel, a box, the first column.
# Its first choice is none, its second the number.
tab 6
keys Down Down Down Return
shot mapped
counts 3 '"id"' complaints list || die "something is filed that nobody asked for"
keys ctrl+Return
shot checked 100000
counts 3 '"id"' complaints list || die "checking files something"
ok "every row is checked, and nothing filed"
keys ctrl+Return
shot asked 20000
counts 3 '"id"' complaints list || die "it is filed before the answer"
ok "where it goes is said, and asked, before it goes"
keys ctrl+Return
expect "what is sound is filed" counts 9 '"send_state":"sent"' complaints list
shot filed 50000

hush
shot quiet

# Behind the navigation: two buttons, the list, back, its complaints, the results.
tab 7
keys Return
shot save 100000
# The name stands three before the button that saves.
tab -3
keys ctrl+a
result=results.csv
text "$result"
shot named
keys ctrl+Return
returned() { [ "$(grep -Ec ',P20[0-9]{6}-[0-9]' "$HOME/$result")" = 7 ]; }
expect "the sheet has the receipt numbers of its rows" returned
shot results
