#!/usr/bin/env bash
# Complain: find the call, write the complaint with the proposed text, file it
# with the practice endpoint, hold the receipt.

keys ctrl+2
shot calls
keys ctrl+f
text 95170088
shot found 20000
# The first row of the list.
click 420 277
shot call 20000
keys ctrl+Return
shot form 100000
# The category has the focus; the text that is proposed is two further.
keys Down Down Return
tab 2
keys Return
shot proposal 100000
keys Return
shot filled
keys ctrl+Return
shot question 100000
keys Return
expect "a complaint is filed" says '"number":"95170088".*"send_state":"sent".*"receipt_number":"P' complaints list
shot receipt 100000
hush
shot quiet
