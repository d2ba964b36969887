package importer

import (
	"slices"
	"strings"

	"quietline/internal/filing"
)

// complaintTitle is what a title of a sheet of complaints stands for.
type complaintTitle struct {
	field     filing.SheetField
	certainty filing.Certainty
}

// complaintTitles are the titles of sheets of complaints, folded as by foldTitle:
// the names of the contract (cli.md), in Chinese, in English and both, and those
// that people use.
func complaintTitles() map[string]complaintTitle {
	out := map[string]complaintTitle{}
	chinese := map[filing.SheetField]string{
		filing.SheetNumber: "被投诉号码", filing.SheetCalledAt: "来电时间", filing.SheetCategory: "类别",
		filing.SheetDuration: "通话时长", filing.SheetDirection: "来电类型", filing.SheetTechnique: "方式",
		filing.SheetDescription: "描述", filing.SheetRefusedAt: "明确拒绝时间", filing.SheetComplainantName: "投诉人姓名",
		filing.SheetComplainantPhone: "投诉人电话", filing.SheetOnBehalfOf: "代谁投诉", filing.SheetRelation: "关系",
		filing.SheetAuthority: "授权", filing.SheetProvince: "省份", filing.SheetNote: "备注",
	}
	for _, f := range filing.SheetFields() {
		english, _ := foldTitle(string(f))
		for _, title := range []string{chinese[f], english, chinese[f] + english} {
			out[title] = complaintTitle{f, filing.CertaintyNamed}
		}
	}
	for f, list := range map[filing.SheetField]string{
		filing.SheetNumber: "被投诉电话 来电号码 对方号码 骚扰号码 骚扰电话 举报号码 主叫号码 号码 电话号码 对方电话 " +
			"caller callernumber callerid phonenumber reportednumber",
		filing.SheetCalledAt:         "来电日期时间 通话时间 起始时间 开始时间 接听时间 发生时间 拨打时间 时间 calltime time datetime startedat starttime date/time",
		filing.SheetCategory:         "投诉类别 类型 投诉类型 内容类别 来电内容 骚扰类型 type kind subject",
		filing.SheetDuration:         "时长 通话时间长度 持续时间 通话秒数 callduration length seconds",
		filing.SheetDirection:        "通话类型 呼叫类型 呼入呼出 主被叫 calltype",
		filing.SheetTechnique:        "拨打方式 骚扰方式 手段 techniques method means",
		filing.SheetDescription:      "情况描述 具体内容 内容 情况说明 投诉内容 经过 事由 details text content",
		filing.SheetRefusedAt:        "拒绝时间 明确拒绝 refused refusal refusaltime",
		filing.SheetComplainantName:  "投诉人 姓名 举报人 居民姓名 联系人 name complainant reporter",
		filing.SheetComplainantPhone: "联系电话 本人电话 居民电话 手机 手机号 手机号码 接听号码 phone mobile contactphone complainantnumber",
		filing.SheetOnBehalfOf:       "代投诉人 被代理人 代办对象 家人姓名 onbehalf behalfof",
		filing.SheetRelation:         "与其关系 与本人关系 与被代理人关系 relationship",
		filing.SheetAuthority:        "授权方式 委托 委托方式 授权情况 authorisation authorization",
		filing.SheetProvince:         "所在省份 省 所在地 地区 接听省份 region",
		filing.SheetNote:             "说明 附注 notes remark remarks comment",
	} {
		for _, title := range strings.Fields(list) {
			if _, named := out[title]; !named {
				out[title] = complaintTitle{f, filing.CertaintyLikely}
			}
		}
	}
	return out
}

// ownColumns is how many of the last folded titles are those of columns that the
// program itself put behind a sheet: why a row was not filed, or what became of it.
func ownColumns(titles []string) int {
	for _, own := range [...][]string{
		{"错误"}, {"error"}, {"错误error"}, {"状态", "回执编号", "原因", "时间"}, {"state", "receiptnumber", "reason", "time"},
	} {
		if n := len(titles) - len(own); n > 0 && slices.Equal(titles[n:], own) {
			return len(own)
		}
	}
	return 0
}
