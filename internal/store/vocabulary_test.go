package store

// Chinese text of the tests.
const (
	textAunt    = "阿姨"
	textFraud   = "说我涉嫌诈骗"
	textDoctor  = "医生" // in the names of packaging/sample, as is the next
	textMaster  = "师"
	textNowhere = "转账"
)
