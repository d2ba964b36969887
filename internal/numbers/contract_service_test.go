package numbers_test

import "testing"

// 95 and 96 codes in every form, as cli.md promises.
func TestContract95And96(t *testing.T) {
	_, c := shipped(t)
	for name, rows := range map[string][]row{
		"enterprise 95": {
			{"95588", "", "95588", "enterprise_95", "listed", "95588", "", "", "CN", "中国工商银行", "display_can_be_forged"},
			{"95533", "", "95533", "enterprise_95", "listed", "95533", "", "", "CN", "中国建设银行", "display_can_be_forged"},
			{"95599", "", "95599", "enterprise_95", "listed", "95599", "", "", "CN", "中国农业银行", "display_can_be_forged"},
			{"95399", "", "95399", "enterprise_95", "listed", "95399", "", "", "CN", "新时代证券股份有限公司", "display_can_be_forged single_source"},
			{"956010", "", "956010", "enterprise_95", "listed", "956010", "", "", "CN", "恒大人寿保险有限公司", "display_can_be_forged single_source"},
			{"956999", "", "956999", "enterprise_95", "unlisted", "956999", "", "", "CN", "", ""},
			{"9558812", "", "9558812", "enterprise_95", "invalid", "95588", "12", "", "CN", "中国工商银行", "extension_not_allowed"},
			{"953012", "", "953012", "enterprise_95", "invalid", "95301", "2", "", "CN", "天安人寿保险股份有限公司", "extension_not_allowed"},
			{"9560101", "", "9560101", "enterprise_95", "invalid", "956010", "1", "", "CN", "恒大人寿保险有限公司", "extension_not_allowed"},
			{"95588123456789", "", "95588123456789", "enterprise_95", "invalid", "95588", "123456789", "", "CN", "中国工商银行", "extension_not_allowed over_thirteen_digits"},
			{"953", "", "953", "enterprise_95", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"95601", "", "95601", "enterprise_95", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"9555801", "", "9555801", "enterprise_95", "listed", "9555801", "", "", "CN", "中信银行", "display_can_be_forged single_source shape_exception"},
			{"95558012", "", "95558012", "enterprise_95", "invalid", "9555801", "2", "", "CN", "中信银行", "extension_not_allowed"},
			{"9560012", "", "9560012", "enterprise_95", "invalid", "956001", "2", "", "CN", "中航安盟财产保险有限公司", "extension_not_allowed"},
		},
		"call centre 95": {
			{"95000123", "", "95000123", "call_centre_95", "listed_extension", "95000", "123", "", "CN", "北京鸿联九五信息产业有限公司", "call_centre_block display_can_be_forged single_source"},
			{"95013", "", "95013", "call_centre_95", "listed", "95013", "", "", "CN", "北京天舟通信有限公司", "call_centre_block display_can_be_forged single_source"},
			{"95017", "", "95017", "call_centre_95", "listed", "95017", "", "", "CN", "财付通（微信支付）", "call_centre_block display_can_be_forged"},
			{"95013000", "", "95013000", "call_centre_95", "listed_extension", "95013", "000", "", "CN", "北京天舟通信有限公司", "call_centre_block display_can_be_forged single_source"},
			{"950139", "", "950139", "call_centre_95", "listed", "950139", "", "", "CN", "京东物流", "call_centre_block display_can_be_forged single_source"},
			{"95013999", "", "95013999", "call_centre_95", "listed_extension", "950139", "99", "", "CN", "京东物流", "call_centre_block display_can_be_forged single_source"},
			{"95023", "", "95023", "call_centre_95", "unlisted", "95023", "", "", "CN", "", "call_centre_block"},
			{"95023001", "", "95023001", "call_centre_95", "unlisted", "95023", "001", "", "CN", "", "call_centre_block"},
			{"95105", "", "95105", "call_centre_95", "listed", "95105", "", "", "CN", "中国移动通信集团公司（95105 接入码）", "call_centre_block display_can_be_forged single_source"},
			{"95105588", "", "95105588", "call_centre_95", "listed", "95105588", "", "", "CN", "晋商银行", "call_centre_block display_can_be_forged single_source"},
			{"9510208", "", "9510208", "call_centre_95", "listed", "9510208", "", "", "CN", "飞猪", "call_centre_block display_can_be_forged single_source"},
			{"951966", "", "951966", "call_centre_95", "listed", "951966", "", "", "CN", "菜鸟", "call_centre_block display_can_be_forged single_source"},
			{"95163000", "", "95163000", "call_centre_95", "listed", "95163000", "", "", "CN", "网易", "call_centre_block display_can_be_forged single_source"},
			{"95071666", "", "95071666", "call_centre_95", "listed", "95071666", "", "", "CN", "福州航空", "call_centre_block display_can_be_forged"},
			{"957123", "", "957123", "call_centre_95", "listed_extension", "95712", "3", "", "CN", "北京一零六九科技有限公司", "call_centre_block display_can_be_forged single_source"},
			{"95799123", "", "95799123", "call_centre_95", "listed_extension", "95799", "123", "", "CN", "东方时尚驾驶学校股份有限公司", "call_centre_block display_can_be_forged single_source"},
			{"952001", "", "952001", "call_centre_95", "listed", "952001", "", "", "CN", "天津恒荣世达科技有限公司", "call_centre_block display_can_be_forged single_source"},
			{"95200199", "", "95200199", "call_centre_95", "listed_extension", "952001", "99", "", "CN", "天津恒荣世达科技有限公司", "call_centre_block display_can_be_forged single_source"},
			{"95200199999", "", "95200199999", "call_centre_95", "listed_extension", "952001", "99999", "", "CN", "天津恒荣世达科技有限公司", "over_eight_digits call_centre_block display_can_be_forged single_source"},
			{"952133", "", "952133", "call_centre_95", "unlisted", "952133", "", "", "CN", "", "call_centre_block"},
			{"9521330012", "", "9521330012", "call_centre_95", "unlisted", "952133", "0012", "", "CN", "", "over_eight_digits call_centre_block"},
			{"952133001234567", "", "952133001234567", "call_centre_95", "invalid", "952133", "001234567", "", "CN", "", "over_thirteen_digits"},
			{"95000123456", "", "95000123456", "call_centre_95", "listed_extension", "95000", "123456", "", "CN", "北京鸿联九五信息产业有限公司", "over_eight_digits call_centre_block display_can_be_forged single_source"},
			{"9500012345678", "", "9500012345678", "call_centre_95", "listed_extension", "95000", "12345678", "", "CN", "北京鸿联九五信息产业有限公司", "over_eight_digits call_centre_block display_can_be_forged single_source"},
			{"95000123456789", "", "95000123456789", "call_centre_95", "invalid", "95000", "123456789", "", "CN", "北京鸿联九五信息产业有限公司", "over_thirteen_digits"},
			{"954123", "", "954123", "call_centre_95", "unlisted", "954123", "", "", "CN", "", "call_centre_block"},
			{"95412345", "", "95412345", "call_centre_95", "unlisted", "954123", "45", "", "CN", "", "call_centre_block"},
			{"954123456", "", "954123456", "call_centre_95", "unlisted", "954123", "456", "", "CN", "", "over_eight_digits call_centre_block"},
			{"95213", "", "95213", "call_centre_95", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"95412", "", "95412", "call_centre_95", "invalid", "", "", "", "CN", "", "wrong_length"},
		},
		"public and unassigned 95": {
			{"95110", "", "95110", "public_95", "listed", "95110", "", "", "CN", "海警报警服务号码", "display_can_be_forged"},
			{"951101", "", "951101", "public_95", "invalid", "95110", "1", "", "CN", "海警报警服务号码", "extension_not_allowed"},
			{"95899", "", "95899", "unassigned_95", "unlisted", "95899", "", "", "CN", "", "unassigned_block"},
			{"958123456", "", "958123456", "unassigned_95", "unlisted", "95812", "3456", "", "CN", "", "over_eight_digits unassigned_block"},
			{"9581", "", "9581", "unassigned_95", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"95912345678901", "", "95912345678901", "unassigned_95", "invalid", "95912", "345678901", "", "CN", "", "over_thirteen_digits"},
		},
		"provincial 96": {
			{"96588", "", "96588", "provincial_96", "listed", "96588", "", "", "CN", "徽商银行|青岛银行", "display_can_be_forged several_holders single_source"},
			{"96588", "安徽", "96588", "provincial_96", "listed", "96588", "", "安徽", "CN", "徽商银行", "display_can_be_forged single_source"},
			{"96588", "Shandong", "96588", "provincial_96", "listed", "96588", "", "山东", "CN", "青岛银行", "display_can_be_forged"},
			{"96588", "34", "96588", "provincial_96", "listed", "96588", "", "安徽", "CN", "徽商银行", "display_can_be_forged single_source"},
			{"96588", "江苏", "96588", "provincial_96", "listed", "96588", "", "江苏", "CN", "徽商银行|青岛银行", "other_province display_can_be_forged several_holders single_source"},
			{"96588", "火星", "96588", "provincial_96", "listed", "96588", "", "", "CN", "徽商银行|青岛银行", "display_can_be_forged several_holders single_source"},
			{"0551-96588", "", "96588", "provincial_96", "listed", "96588", "", "0551 安徽", "CN", "徽商银行", "display_can_be_forged single_source"},
			{"0551-96588", "山东", "96588", "provincial_96", "listed", "96588", "", "0551 安徽", "CN", "徽商银行", "display_can_be_forged single_source"},
			{"053296588", "", "96588", "provincial_96", "listed", "96588", "", "0532 山东", "CN", "青岛银行", "display_can_be_forged"},
			{"0571-96588", "", "96588", "provincial_96", "listed", "96588", "", "0571 浙江", "CN", "徽商银行|青岛银行", "other_province display_can_be_forged several_holders single_source"},
			{"0769-961122", "", "961122", "provincial_96", "listed", "961122", "", "0769 广东", "CN", "东莞农商银行", "display_can_be_forged single_source"},
			{"96123", "浙江", "96123", "provincial_96", "listed", "96123", "", "浙江", "CN", "杭州旅游服务热线", "display_can_be_forged single_source"},
			{"96138", "广东", "96138", "provincial_96", "listed", "96138", "", "广东", "CN", "广东农信", "display_can_be_forged single_source"},
			{"96138", "江苏", "96138", "provincial_96", "listed", "96138", "", "江苏", "CN", "广东农信", "other_province display_can_be_forged single_source"},
			{"96102", "", "96102", "provincial_96", "listed", "96102", "", "", "CN", "社会保障卡挂失咨询热线（城市未注明）", "display_can_be_forged single_source"},
			{"96102", "上海", "96102", "provincial_96", "listed", "96102", "", "上海", "CN", "社会保障卡挂失咨询热线（城市未注明）", "display_can_be_forged single_source"},
			{"96169", "", "96169", "provincial_96", "listed", "96169", "", "", "CN", "中国联通|北京银行", "display_can_be_forged several_holders single_source"},
			{"96169", "北京", "96169", "provincial_96", "listed", "96169", "", "北京", "CN", "北京银行|中国联通", "display_can_be_forged several_holders single_source"},
			{"96169", "上海", "96169", "provincial_96", "listed", "96169", "", "上海", "CN", "中国联通", "display_can_be_forged single_source"},
			{"961234", "", "961234", "provincial_96", "unlisted", "961234", "", "", "CN", "", ""},
			{"961234", "上海", "961234", "provincial_96", "unlisted", "961234", "", "上海", "CN", "", ""},
			{"021961234", "", "961234", "provincial_96", "unlisted", "961234", "", "021 上海", "CN", "", ""},
			{"965881", "", "965881", "provincial_96", "unlisted", "965881", "", "", "CN", "", ""},
			{"9658812", "", "9658812", "provincial_96", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"9658", "", "9658", "provincial_96", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"96110", "", "96110", "public_service", "listed", "96110", "", "", "CN", "反电信网络诈骗预警劝阻专线（各地公安反诈中心）", "display_can_be_forged"},
			{"010-96110", "", "96110", "public_service", "listed", "96110", "", "010 北京", "CN", "反电信网络诈骗预警劝阻专线（各地公安反诈中心）", "display_can_be_forged"},
			{"96110", "河南", "96110", "public_service", "listed", "96110", "", "", "CN", "反电信网络诈骗预警劝阻专线（各地公安反诈中心）", "display_can_be_forged"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range rows {
				r.run(t, c)
			}
		})
	}
}
