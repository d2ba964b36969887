package journaltest

// anhuiZH is the Chinese name of the one province that the Checker knows.
const anhuiZH = "安徽"
