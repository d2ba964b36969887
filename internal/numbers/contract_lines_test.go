package numbers_test

import "testing"

// Operators, public services, firms, mobiles and landlines, as cli.md promises.
func TestContractOtherLines(t *testing.T) {
	_, c := shipped(t)
	for name, rows := range map[string][]row{
		"operators": {
			{"10086", "", "10086", "operator", "listed", "10086", "", "", "CN", "中国移动", "display_can_be_forged"},
			{"010-10086", "", "10086", "operator", "listed", "10086", "", "010 北京", "CN", "中国移动", "display_can_be_forged"},
			{"1008611", "", "1008611", "operator", "listed", "1008611", "", "", "CN", "中国移动", "display_can_be_forged single_source"},
			{"1008688", "", "1008688", "operator", "unlisted", "", "", "", "CN", "", ""},
			{"100861111", "", "100861111", "operator", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"10050", "", "10050", "operator", "listed", "10050", "", "", "CN", "中国移动", "display_can_be_forged single_source"},
			{"10188", "", "10188", "operator", "listed", "10188", "", "", "CN", "沃钱包", "display_can_be_forged single_source"},
			{"10187", "", "10187", "operator", "unlisted", "", "", "", "CN", "", ""},
			{"10100360", "", "10100360", "operator", "listed", "10100360", "", "", "CN", "融360", "display_can_be_forged single_source"},
			{"10101234", "", "10101234", "operator", "unlisted", "", "", "", "CN", "", ""},
			{"17951", "", "17951", "operator", "listed", "17951", "", "", "CN", "中国移动IP电话", "display_can_be_forged single_source"},
		},
		"public services": {
			{"110", "", "110", "public_service", "listed", "110", "", "", "CN", "报警服务台", "display_can_be_forged"},
			{"010110", "", "110", "public_service", "listed", "110", "", "010 北京", "CN", "报警服务台", "display_can_be_forged"},
			{"119", "", "119", "public_service", "listed", "119", "", "", "CN", "火警电话", "display_can_be_forged"},
			{"112", "", "112", "public_service", "listed", "112", "", "", "CN", "紧急呼叫（移动电话）", "display_can_be_forged single_source"},
			{"111", "", "111", "public_service", "unlisted", "", "", "", "CN", "", ""},
			{"999", "", "999", "public_service", "listed", "999", "", "", "CN", "红十字会急救台", "display_can_be_forged single_source"},
			{"11183", "", "11183", "public_service", "listed", "11183", "", "", "CN", "中国邮政", "display_can_be_forged"},
			{"116114", "", "116114", "public_service", "listed", "116114", "", "", "CN", "中国联通电话导航", "display_can_be_forged single_source"},
			{"118114", "", "118114", "public_service", "listed", "118114", "", "", "CN", "中国电信号码百事通", "display_can_be_forged single_source"},
			{"12321", "", "12321", "public_service", "listed", "12321", "", "", "CN", "网络不良与垃圾信息举报受理中心", "display_can_be_forged"},
			{"12345", "", "12345", "public_service", "listed", "12345", "", "", "CN", "政务服务便民热线", "display_can_be_forged"},
			{"021-12345", "", "12345", "public_service", "listed", "12345", "", "021 上海", "CN", "政务服务便民热线", "display_can_be_forged"},
			{"12399", "", "12399", "public_service", "unlisted", "", "", "", "CN", "", ""},
			{"12530", "", "12530", "public_service", "listed", "12530", "", "", "CN", "中国移动", "display_can_be_forged single_source"},
			{"123660", "", "123660", "public_service", "listed", "123660", "", "", "CN", "中国税务", "display_can_be_forged single_source shape_exception"},
			{"1234", "", "1234", "public_service", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"12345678", "", "12345678", "public_service", "invalid", "", "", "", "CN", "", "wrong_length"},
		},
		"firms": {
			{"4008895588", "", "4008895588", "shared_cost", "unlisted", "", "", "", "CN", "", ""},
			{"400-889-5580", "", "4008895580", "shared_cost", "listed", "4008895580", "", "", "CN", "中国邮政储蓄银行", "display_can_be_forged single_source"},
			{"40012345678", "", "40012345678", "shared_cost", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"8008208388", "", "8008208388", "toll_free", "listed", "8008208388", "", "", "CN", "UPS", "display_can_be_forged single_source"},
			{"8001234567", "", "8001234567", "toll_free", "unlisted", "", "", "", "CN", "", ""},
			{"800123456", "", "800123456", "toll_free", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"16012345", "", "16012345", "premium", "unlisted", "", "", "", "CN", "", ""},
			{"16812345", "", "16812345", "premium", "unlisted", "", "", "", "CN", "", ""},
			{"106575020086", "", "106575020086", "sms_port", "unlisted", "", "", "", "CN", "", ""},
			{"10690000", "", "10690000", "sms_port", "unlisted", "", "", "", "CN", "", ""},
			{"1069", "", "1069", "sms_port", "invalid", "", "", "", "CN", "", "wrong_length"},
		},
		"mobiles": {
			{"13800138000", "", "13800138000", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"13800000001", "", "13800000001", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"13800000002", "", "13800000002", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"13800000003", "", "13800000003", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"138-0000-0001", "", "13800000001", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"15412345678", "", "15412345678", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"19912345678", "", "19912345678", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"17912345678", "", "17912345678", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"14712345678", "", "14712345678", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"013800138000", "", "13800138000", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"138001380001", "", "138001380001", "mobile", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"1380013800", "", "1380013800", "mobile", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"17012340000", "", "17012340000", "virtual_operator", "not_service_line", "", "", "", "CN", "", "virtual_operator"},
			{"+8617012340000", "", "17012340000", "virtual_operator", "not_service_line", "", "", "", "CN", "", "virtual_operator"},
			{"17112345678", "", "17112345678", "virtual_operator", "not_service_line", "", "", "", "CN", "", "virtual_operator"},
			{"16212345678", "", "16212345678", "virtual_operator", "not_service_line", "", "", "", "CN", "", "virtual_operator"},
			{"16512345678", "", "16512345678", "virtual_operator", "not_service_line", "", "", "", "CN", "", "virtual_operator"},
			{"16712345678", "", "16712345678", "virtual_operator", "not_service_line", "", "", "", "CN", "", "virtual_operator"},
			{"1440123456789", "", "1440123456789", "iot", "not_service_line", "", "", "", "CN", "", ""},
			{"14401234567890", "", "14401234567890", "mobile", "invalid", "", "", "", "CN", "", "wrong_length over_thirteen_digits"},
		},
		"landlines": {
			{"01066200000", "", "01066200000", "landline", "not_service_line", "", "", "010 北京", "CN", "", ""},
			{"(010) 6620-0000", "", "01066200000", "landline", "not_service_line", "", "", "010 北京", "CN", "", ""},
			{"(010)6620-0000", "", "01066200000", "landline", "not_service_line", "", "", "010 北京", "CN", "", ""},
			{"0551 6290123", "", "05516290123", "landline", "not_service_line", "", "", "0551 安徽", "CN", "", ""},
			{"0411 87654321", "", "041187654321", "landline", "not_service_line", "", "", "0411 辽宁", "CN", "", ""},
			{"08072345678", "", "08072345678", "landline", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"66200000", "", "66200000", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"6620000", "", "6620000", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"40012345", "", "40012345", "landline", "not_service_line", "", "", "", "CN", "", ""},
			// A service code behind digits that are no area code.
			{"8695588", "", "8695588", "landline", "not_service_line", "", "", "", "CN", "", "prefixed_code"},
			{"77795588", "", "77795588", "landline", "not_service_line", "", "", "", "CN", "", "prefixed_code"},
			{"88895588", "", "88895588", "landline", "not_service_line", "", "", "", "CN", "", "prefixed_code"},
			{"40095588", "", "40095588", "landline", "not_service_line", "", "", "", "CN", "", "prefixed_code"},
			{"88896110", "", "88896110", "landline", "not_service_line", "", "", "", "CN", "", "prefixed_code"},
			{"2395338", "", "2395338", "landline", "not_service_line", "", "", "", "CN", "", "prefixed_code"},
			{"66956005", "", "66956005", "landline", "not_service_line", "", "", "", "CN", "", "prefixed_code"},
			// Tails that no list names, or that are codes of another kind: a
			// landline can end in any digits.
			{"88895314", "", "88895314", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"88895013", "", "88895013", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"66956999", "", "66956999", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"88896138", "", "88896138", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"01088895588", "", "01088895588", "landline", "not_service_line", "", "", "010 北京", "CN", "", ""},
			{"2166200000", "", "2166200000", "landline", "not_service_line", "", "", "021 上海", "CN", "", ""},
			{"2025550123", "", "2025550123", "landline", "not_service_line", "", "", "020 广东", "CN", "", ""},
			{"05511234567", "", "05511234567", "landline", "not_service_line", "", "", "0551 安徽", "CN", "", ""},
			{"+86 551 1234567", "", "05511234567", "landline", "not_service_line", "", "", "0551 安徽", "CN", "", ""},
			{"02712345678", "", "02712345678", "landline", "not_service_line", "", "", "027 湖北", "CN", "", ""},
			{"02711012345", "", "02711012345", "landline", "invalid", "", "", "027 湖北", "CN", "", "wrong_length"},
			{"0551123456", "", "0551123456", "landline", "invalid", "", "", "0551 安徽", "CN", "", "wrong_length"},
			{"0101234567", "", "0101234567", "landline", "invalid", "", "", "010 北京", "CN", "", "wrong_length"},
			{"09991234567", "", "09991234567", "landline", "not_service_line", "", "", "0999 新疆", "CN", "", ""},
			{"05510234567", "", "05510234567", "landline", "invalid", "", "", "0551 安徽", "CN", "", "wrong_length"},
			{"0999123", "", "0999123", "landline", "invalid", "", "", "0999 新疆", "CN", "", "wrong_length"},
			{"01066200000801", "", "01066200000801", "landline", "invalid", "", "", "010 北京", "CN", "", "wrong_length over_thirteen_digits"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range rows {
				r.run(t, c)
			}
		})
	}
}
