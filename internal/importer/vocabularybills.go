package importer

import "strings"

// The titles by which the bills of the operators are known (formats.md 3.5),
// as foldTitle leaves them: without the unit in brackets.

// cmccTitles are those of China Mobile's web site, which Shanghai puts a
// number before and Shaanxi other fees behind.
func cmccTitles() []string {
	return []string{"起始时间", "通信地点", "通信方式", "对方号码", "通信时长", "通信类型"}
}

// cmccJiangsuTitles are those of China Mobile Jiangsu, whose cells are parted
// by tildes.
func cmccJiangsuTitles() []string {
	return []string{"通信方式", "对方号码", "集团短号", "起始时间", "通话时长", "通信地点"}
}

// unicomTitles are those of China Unicom.
func unicomTitles() []string {
	return []string{"业务类型", "通话起始时间", "通话时长", "呼叫类型", "对方号码", "本机通话地"}
}

// telecomTitles are those of China Telecom Chongqing.
func telecomTitles() []string {
	return []string{"对方号码", "呼叫类型", "起始时间", "通话时长", "通话类型", "使用地点"}
}

// telecomTianjinTitles are those of China Telecom Tianjin, which names both
// ends of a call.
func telecomTianjinTitles() []string {
	return []string{"主叫号码", "被叫号码", "呼叫方式", "起始时间", "费用"}
}

// billTitle makes the spellings equal in which one title of a bill is found:
// communication or call, other party, peer or other number.
func billTitle(folded string) string {
	folded = strings.ReplaceAll(folded, "通话", "通信")
	for _, other := range [...]string{"对端", "其他", "其它"} {
		if rest, ok := strings.CutPrefix(folded, other); ok {
			return "对方" + rest
		}
	}
	return folded
}
