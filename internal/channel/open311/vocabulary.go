package open311

import "quietline/internal/domain"

// country is the most general place there is for a call in China.
const country = "中国"

// What civic servers call what a complaint says, in lower case and without
// anything but letters and digits. There is no standard for it.
var attributeNames = map[string]fact{
	"caller": factNumber, "callernumber": factNumber, "callingnumber": factNumber, "callerid": factNumber,
	"callernum": factNumber, "offendingnumber": factNumber, "nuisancenumber": factNumber, "number": factNumber,
	"numbercomplainedabout": factNumber, "被投诉号码": factNumber, "被举报号码": factNumber, "主叫号码": factNumber,
	"来电号码": factNumber, "号码": factNumber, "骚扰号码": factNumber,

	"calltime": factTime, "calledat": factTime, "calldate": factTime, "calldatetime": factTime, "timeofcall": factTime,
	"dateofcall": factTime, "time": factTime, "datetime": factTime, "incidenttime": factTime, "来电时间": factTime,
	"通话时间": factTime, "时间": factTime,

	"duration": factDuration, "callduration": factDuration, "callseconds": factDuration, "durationseconds": factDuration,
	"lengthofcall": factDuration, "通话时长": factDuration, "时长": factDuration,

	"calls": factCalls, "callcount": factCalls, "numberofcalls": factCalls, "来电次数": factCalls, "次数": factCalls,

	"category": factCategory, "callcategory": factCategory, "calltype": factCategory, "kindofcall": factCategory,
	"类别": factCategory, "投诉类别": factCategory, "来电类别": factCategory,

	"technique": factTechnique, "techniques": factTechnique, "method": factTechnique, "方式": factTechnique,
	"拨打方式": factTechnique, "骚扰方式": factTechnique,

	"direction": factDirection, "calldirection": factDirection, "来电类型": factDirection, "呼叫类型": factDirection,

	"holder": factHolder, "company": factHolder, "companyname": factHolder, "listedholder": factHolder,
	"单位": factHolder, "号码单位": factHolder,

	"harm": factHarm, "harmlevel": factHarm, "影响程度": factHarm,

	"loss": factLoss, "amountlost": factLoss, "lossamount": factLoss, "损失金额": factLoss, "金额": factLoss,

	"refusedat": factRefused, "refusaltime": factRefused, "明确拒绝时间": factRefused,

	"name": factName, "complainantname": factName, "yourname": factName, "投诉人": factName, "投诉人姓名": factName, "姓名": factName,

	"phone": factPhone, "complainantphone": factPhone, "yourphone": factPhone, "callednumber": factPhone, "contactphone": factPhone,
	"投诉人电话": factPhone, "联系电话": factPhone, "被叫号码": factPhone,

	"province": factProvince, "region": factProvince, "省份": factProvince, "地区": factProvince,

	"description": factDescription, "details": factDescription, "comments": factDescription, "notes": factDescription,
	"描述": factDescription, "投诉内容": factDescription, "情况描述": factDescription,

	"reference": factReference, "clientreference": factReference, "referencenumber": factReference,
}

// otherValue is what lists call what is none of the rest.
var otherValue = map[string]bool{"other": true, "others": true, "其他": true, "其它": true}

// stateWords are the words for states that servers use besides the two of the
// standard, open and closed.
var stateWords = map[string]domain.CaseState{
	"open": domain.CaseReceived, "new": domain.CaseReceived, "received": domain.CaseReceived, "submitted": domain.CaseReceived,
	"pending": domain.CaseReceived, "已接收": domain.CaseReceived,
	"accepted": domain.CaseAccepted, "acknowledged": domain.CaseAccepted, "confirmed": domain.CaseAccepted, "已受理": domain.CaseAccepted,
	"inprogress": domain.CaseInvestigating, "inprocess": domain.CaseInvestigating, "investigating": domain.CaseInvestigating,
	"actionscheduled": domain.CaseInvestigating, "processing": domain.CaseInvestigating, "处理中": domain.CaseInvestigating,
	"referred": domain.CaseTransferred, "transferred": domain.CaseTransferred, "forwarded": domain.CaseTransferred, "已转办": domain.CaseTransferred,
	"fixed": domain.CaseActionTaken, "resolved": domain.CaseActionTaken, "fixedcouncil": domain.CaseActionTaken, "已处置": domain.CaseActionTaken,
	"noaction": domain.CaseNoAction, "noactiontaken": domain.CaseNoAction, "nofurtheraction": domain.CaseNoAction,
	"unabletofix": domain.CaseNoAction, "duplicate": domain.CaseDuplicate, "重复": domain.CaseDuplicate,
	"rejected": domain.CaseRejectedOutOfScope, "invalid": domain.CaseRejectedOutOfScope, "notresponsible": domain.CaseRejectedOutOfScope,
	"notcouncilsresponsibility": domain.CaseRejectedOutOfScope, "不予受理": domain.CaseRejectedOutOfScope,
	"closed": domain.CaseClosed, "completed": domain.CaseClosed, "archived": domain.CaseClosed, "办结": domain.CaseClosed, "已办结": domain.CaseClosed,
	"reopened": domain.CaseReopened,
}
