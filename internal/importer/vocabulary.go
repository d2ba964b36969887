package importer

import (
	"strings"

	"quietline/internal/domain"
)

// column is what a column of a table means.
type column int

// The columns that a table of calls can have.
const (
	colTime      column = iota // date and time in one cell
	colDate                    // the date alone
	colNumber                  // the other party
	colOwn                     // the phone itself
	colCaller                  // who called whom: together with colCallee
	colCallee                  //
	colDirection               // in, out, missed …
	colDuration                //
	colRing                    // how long it rang
	colName                    // the contact
	colMessage                 // the words of a message: no table of calls has that
	columnCount
)

// heading is what a title of a column stands for.
type heading struct {
	column column
	// weak titles count only where no other column of the table has a clear
	// one: "type" is the direction in one table and the tariff in the next.
	weak bool
}

// headings are the titles of columns as they are found in the bills and tools
// of formats.md 3.5 and in tables that people keep, folded as by foldTitle.
func headings() map[string]heading {
	out := map[string]heading{}
	for h, list := range titles() {
		for _, w := range strings.Fields(list) {
			out[w] = h
		}
	}
	return out
}

func titles() map[heading]string {
	return map[heading]string{
		{column: colTime}: "起始时间 开始时间 通话起始时间 通话开始时间 起始日期时间 呼叫起始时间 通信起始时间 通信时间 呼叫时间 " +
			"来电时间 拨打时间 发生时间 日期时间 通话日期时间 starttime starttimestamp datetime date/time dateandtime " +
			"calltime callstarttime calledat startedat timestamp callstart starteddatetime",
		{column: colTime, weak: true}:   "时间 通话时间 time start",
		{column: colDate}:               "日期 通话日期 起始日期 通信日期 呼叫日期 来电日期 date calldate startdate",
		{column: colNumber}:             "对方号码 对端号码 其他号码 对方电话 对方电话号码 对方手机号 对方手机号码 对方 来电号码 通话号码 联系人号码 被投诉号码 othernumber otherparty othernum remotenumber callerid callernumber contactnumber partynumber",
		{column: colNumber, weak: true}: "号码 电话号码 手机号码 手机号 电话 number phone phonenumber telephone telephonenumber tel mobile",
		{column: colOwn}:                "用户号码 本机号码 本机 我方号码 本方号码 计费号码 业务号码 服务号码 己方号码 ownnumber mynumber selfnumber subscribernumber subscriber",
		{column: colCaller}:             "主叫号码 主叫方 主叫方号码 主叫电话 callingnumber callingparty",
		{column: colCallee}:             "被叫号码 被叫方 被叫方号码 被叫电话 callednumber calledparty",
		{column: colDirection}: "通信方式 呼叫类型 呼叫方式 主被叫 主叫/被叫 主叫被叫 事件类型 通话方式 呼叫方向 通话方向 方向 来电类型 " +
			"通话状态 状态 接听状态 direction calltype calldirection callstatus status",
		{column: colDirection, weak: true}: "类型 通话类型 通信类型 业务类型 type event service servicetype",
		{column: colDuration}: "通话时长 通信时长 时长 呼叫时长 持续时间 通话长度 时长秒 通话秒数 duration callduration durationseconds " +
			"durationinseconds durations durationsec talktime length seconds billsec",
		{column: colRing}:    "响铃时长 振铃时长 响铃时间 振铃时间 响铃 ringtime ringduration ringseconds ring",
		{column: colName}:    "姓名 联系人 联系人姓名 对方姓名 名称 备注名 昵称 name contact contactname callername",
		{column: colMessage}: "短信内容 信息内容 消息内容 body messagebody message",
	}
}

// isMinuteUnit says whether the unit in brackets behind a title is minutes.
func isMinuteUnit(unit string) bool {
	switch unit {
	case "分", "分钟", "min", "mins", "minutes", "m":
		return true
	}
	return false
}

// meaning is what a word in a cell of the direction columns says.
type meaning struct {
	direction domain.Direction
	skip      string // a skip key for what is no call
}

// meanings are the words that fill a cell on their own, in lower case.
func meanings() map[string]meaning {
	out := map[string]meaning{
		"in": {direction: domain.DirectionIncoming}, "out": {direction: domain.DirectionOutgoing},
		"mt": {direction: domain.DirectionIncoming}, "mo": {direction: domain.DirectionOutgoing},
		"被": {direction: domain.DirectionIncoming}, "主": {direction: domain.DirectionOutgoing},
		// Words of the bills' message sections (enums.md C.4).
		"接收": {skip: skipSMS}, "接受": {skip: skipSMS}, "发送": {skip: skipSMS},
	}
	for _, d := range domain.Directions() {
		out[string(d)] = meaning{direction: d}
	}
	return out
}

// partialMeaning looks for words inside a cell. The order matters: a missed
// call is also an incoming one, a forwarded call names the word for calling.
func partialMeaning(cell string) (meaning, bool) {
	for _, m := range [...]struct {
		words string
		meaning
	}{
		{"短信 彩信 短消息 sms mms", meaning{skip: skipSMS}},
		{"流量 上网 数据 gprs internet", meaning{skip: skipData}},
		{"未接 漏接 未接通 missed unanswered noanswer", meaning{direction: domain.DirectionMissed}},
		{"拒接 拒绝 reject declin", meaning{direction: domain.DirectionRejected}},
		{"拦截 屏蔽 黑名单 block", meaning{direction: domain.DirectionBlocked}},
		{"语音信箱 留言 voicemail", meaning{direction: domain.DirectionVoicemail}},
		{"其他设备 elsewhere", meaning{direction: domain.DirectionAnsweredElsewhere}},
		{"呼转 前转 转移 forward divert", meaning{direction: domain.DirectionForwarded}},
		{"被叫 呼入 打入 接听 已接 来电 incoming received answered inbound", meaning{direction: domain.DirectionIncoming}},
		{"主叫 呼出 打出 拨出 拨打 去电 outgoing dialed dialled outbound", meaning{direction: domain.DirectionOutgoing}},
	} {
		for _, w := range strings.Fields(m.words) {
			if strings.Contains(cell, w) {
				return m.meaning, true
			}
		}
	}
	return meaning{}, false
}

func totals() [9]string {
	return [...]string{"合计", "总计", "小计", "共计", "总和", "累计", "total", "subtotal", "sum"}
}

// isTotalStart says whether a cell, in lower case, is the beginning of a word
// for a total.
func isTotalStart(cell string) bool {
	for _, w := range totals() {
		if strings.HasPrefix(w, cell) {
			return true
		}
	}
	return false
}

// isTotal says whether a cell, in lower case, begins with a word for a total.
func isTotal(cell string) bool {
	for _, w := range totals() {
		if rest, ok := strings.CutPrefix(cell, w); ok {
			// "Total:" is one, "Totaljob GmbH" is a name.
			return rest == "" || rest[0] < 'a' || rest[0] > 'z'
		}
	}
	return false
}

// isNothing says whether a cell is filled with a sign for "nothing here".
func isNothing(cell string) bool {
	switch cell {
	case "", "-", "--", "---", "----", "—", "——", "/", `\`, "null", "NULL", "None", "N/A", "n/a", "无", "空":
		return true
	}
	return false
}

// isHidden says whether a number cell says that the caller withheld it
// (cli.md, hidden marks; -1, -2 and -3 are Android's for unknown, private and
// payphone).
func isHidden(number string) bool {
	if isNothing(number) {
		return true
	}
	switch number {
	case "-1", "-2", "-3", "未知", "未知号码", "隐藏", "隐藏号码", "隐藏来电", "无号码", "匿名", "匿名来电", "私人号码", "私密号码":
		return true
	}
	switch strings.ToLower(number) {
	case "unknown", "private", "private number", "restricted", "anonymous", "withheld", "hidden", "no caller id", "no number":
		return true
	}
	return false
}

// isNoName says whether a contact name says that there is none.
func isNoName(name string) bool {
	switch name {
	case "(Unknown)", "(未知)", "Unknown", "未知":
		return true
	}
	return isNothing(name)
}

// The ways in which a time is written, in lower case and after full-width
// signs were folded.
const (
	// With signs between the parts: "2024-05-20 09:15:03", "5/20 9:15" without
	// the year, Chinese words, halves of the day, and the "20:17:-0" of one
	// operator's pages.
	signedTime = `^(?:(?P<year>\d{4}) ?[-/.年] ?)?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2}) ?[日号t,]? ?` +
		`(?:(?P<before>上午|下午|早上|早晨|凌晨|中午|傍晚|晚上|am|pm) ?)?` +
		`(?P<hour>\d{1,2}) ?[:时時点] ?(?P<minute>\d{1,2})` +
		`(?: ?[:分] ?-?(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?)? ?[分秒]?(?: ?(?P<after>am|pm))?$`
	// Digits only, or nearly so: "20240520091503", "20240520 09:15".
	compactTime = `^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})[ t]?` +
		`(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?$`
	// The dates in the lines before the titles of a bill, where it states its
	// period: "2024年05月", "2024-05-01", "20240531", "202405".
	periodDate = `\b(20\d\d)(?: ?[-/.年] ?(\d{1,2})(?: ?[-/.月] ?(\d{1,2}))?|(\d\d)(\d\d)?)`
)
