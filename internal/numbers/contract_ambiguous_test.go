package numbers_test

import "testing"

// Digits that can be read in two ways. The reading that public sources back
// wins; of two that they do not, the one that warns.
func TestContractAmbiguous(t *testing.T) {
	_, c := shipped(t)
	for name, rows := range map[string][]row{
		"95 codes that look like the area codes of Ningxia": {
			{"+8695110123", "", "95110123", "public_95", "invalid", "95110", "123", "", "CN", "海警报警服务号码", "extension_not_allowed"},
			{"008695110123", "", "95110123", "public_95", "invalid", "95110", "123", "", "CN", "海警报警服务号码", "extension_not_allowed"},
			{"+86 951 1012345", "", "9511012345", "public_95", "invalid", "95110", "12345", "", "CN", "海警报警服务号码", "extension_not_allowed"},
			{"+86955 12399", "", "95512399", "enterprise_95", "invalid", "95512", "399", "", "CN", "中国平安财产保险股份有限公司", "extension_not_allowed"},
			{"+86955 1234567", "", "9551234567", "enterprise_95", "invalid", "95512", "34567", "", "CN", "中国平安财产保险股份有限公司", "extension_not_allowed"},
			{"+86953 965881", "", "953965881", "enterprise_95", "invalid", "95396", "5881", "", "CN", "吉林亿联银行", "extension_not_allowed"},
			{"+86951 1234567", "", "9511234567", "call_centre_95", "listed_extension", "95112", "34567", "", "CN", "北京融信智联网络科技有限公司", "over_eight_digits call_centre_block display_can_be_forged single_source"},
			// A list names what stands behind the area code.
			{"+86955 12345", "", "12345", "public_service", "listed", "12345", "", "0955 宁夏", "CN", "政务服务便民热线", "display_can_be_forged"},
			{"+86955 95013000", "", "95013000", "call_centre_95", "listed_extension", "95013", "000", "0955 宁夏", "CN", "北京天舟通信有限公司", "call_centre_block display_can_be_forged single_source"},
			// Nothing but a landline is genuine.
			{"+86955 8812345", "", "09558812345", "landline", "not_service_line", "", "", "0955 宁夏", "CN", "", ""},
			{"+86951 5012345", "", "09515012345", "landline", "not_service_line", "", "", "0951 宁夏", "CN", "", ""},
			// With the zero there is no question.
			{"+86 0951 10123", "", "10123", "operator", "unlisted", "", "", "0951 宁夏", "CN", "", ""},
			{"0951-95110", "", "95110", "public_95", "listed", "95110", "", "0951 宁夏", "CN", "海警报警服务号码", "display_can_be_forged"},
		},
		"a short code behind +86 and its area code": {
			{"+86 551 110", "", "110", "public_service", "listed", "110", "", "0551 安徽", "CN", "报警服务台", "display_can_be_forged"},
			{"0086 21 120", "", "120", "public_service", "listed", "120", "", "021 上海", "CN", "急救电话", "display_can_be_forged"},
			{"+86 10 110", "", "10110", "operator", "unlisted", "", "", "", "CN", "", ""},
			{"+86 551 111", "", "551111", "landline", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"+86 955 110", "", "955110", "enterprise_95", "invalid", "95511", "0", "", "CN", "中国平安（保险、平安银行等共用）", "extension_not_allowed"},
		},
		"access numbers before a whole phone number": {
			{"12593 13800138000", "", "13800138000", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"12593 0551 66200000", "", "055166200000", "landline", "not_service_line", "", "", "0551 安徽", "CN", "", ""},
			{"11808 13800138000", "", "13800138000", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			// Not a listed line, and not before a short number.
			{"12345 13800138000", "", "1234513800138000", "public_service", "invalid", "", "", "", "CN", "", "wrong_length over_thirteen_digits"},
			{"12593 95588", "", "1259395588", "enterprise_95", "invalid", "", "", "", "CN", "", "prefixed_code"},
			{"12593 12345", "", "1259312345", "public_service", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"125834 13800138000", "", "12583413800138000", "public_service", "invalid", "", "", "", "CN", "", "wrong_length over_thirteen_digits"},
			// Eleven digits can be a mobile number.
			{"17951970000", "", "17951970000", "mobile", "not_service_line", "", "", "", "CN", "", ""},
			{"17951123456", "", "17951123456", "mobile", "not_service_line", "", "", "", "CN", "", ""},
		},
		"a trunk zero behind Myanmar's country code": {
			{"+95012345678", "", "+95012345678", "call_centre_95", "invalid", "", "", "", "", "", "foreign_prefix"},
			{"0095012345678", "", "+95012345678", "call_centre_95", "invalid", "", "", "", "", "", "foreign_prefix"},
			{"+9509123456789", "", "+9509123456789", "call_centre_95", "invalid", "", "", "", "", "", "foreign_prefix"},
			{"+95 9 123456789", "", "+959123456789", "international", "not_service_line", "", "", "", "MM", "", "overseas"},
			{"+44 (0)20 7946 0123", "", "+4402079460123", "international", "not_service_line", "", "", "", "GB", "", "overseas"},
		},
		"each country code that begins as a 96 code": {
			{"+9607771234", "", "+9607771234", "international", "not_service_line", "", "", "", "MV", "", "overseas"},
			{"+96171123456", "", "+96171123456", "international", "not_service_line", "", "", "", "LB", "", "overseas"},
			{"+962790123456", "", "+962790123456", "international", "not_service_line", "", "", "", "JO", "", "overseas"},
			{"+963944567890", "", "+963944567890", "international", "not_service_line", "", "", "", "SY", "", "overseas"},
			{"+9647912345678", "", "+9647912345678", "international", "not_service_line", "", "", "", "IQ", "", "overseas"},
			{"+96550012345", "", "+96550012345", "international", "not_service_line", "", "", "", "KW", "", "overseas"},
			{"+967712345678", "", "+967712345678", "international", "not_service_line", "", "", "", "YE", "", "overseas"},
			{"+96892123456", "", "+96892123456", "international", "not_service_line", "", "", "", "OM", "", "overseas"},
			{"+970599123456", "", "+970599123456", "international", "not_service_line", "", "", "", "PS", "", "overseas"},
			{"+971501234567", "", "+971501234567", "international", "not_service_line", "", "", "", "AE", "", "overseas"},
			{"+972502345678", "", "+972502345678", "international", "not_service_line", "", "", "", "IL", "", "overseas"},
			{"+97336001234", "", "+97336001234", "international", "not_service_line", "", "", "", "BH", "", "overseas"},
			{"+97433123456", "", "+97433123456", "international", "not_service_line", "", "", "", "QA", "", "overseas"},
			{"+97517123456", "", "+97517123456", "international", "not_service_line", "", "", "", "BT", "", "overseas"},
			{"+97688123456", "", "+97688123456", "international", "not_service_line", "", "", "", "MN", "", "overseas"},
			{"+9779841234567", "", "+9779841234567", "international", "not_service_line", "", "", "", "NP", "", "overseas"},
			{"+979123456789", "", "+979123456789", "international", "not_service_line", "", "", "", "", "", "overseas"},
			{"+9698765432", "", "+9698765432", "international", "invalid", "", "", "", "", "", "wrong_length overseas"},
			{"+9789876543", "", "+9789876543", "international", "invalid", "", "", "", "", "", "wrong_length overseas"},
			{"+97396110", "", "+97396110", "public_service", "invalid", "", "", "", "", "", "foreign_prefix"},
			{"+966 96588", "", "+96696588", "provincial_96", "invalid", "", "", "", "", "", "foreign_prefix"},
		},
		"local and machine numbers": {
			{"66200000", "", "66200000", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"26200000", "", "26200000", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"40012345", "", "40012345", "landline", "not_service_line", "", "", "", "CN", "", ""},
			{"96123456", "", "96123456", "provincial_96", "invalid", "", "", "", "CN", "", "wrong_length"},
			{"1400123456789", "", "1400123456789", "iot", "not_service_line", "", "", "", "CN", "", ""},
			{"1410123456789", "", "1410123456789", "iot", "not_service_line", "", "", "", "CN", "", ""},
			{"+86 1440123456789", "", "1440123456789", "iot", "not_service_line", "", "", "", "CN", "", ""},
			{"14401234567890", "", "14401234567890", "mobile", "invalid", "", "", "", "CN", "", "wrong_length over_thirteen_digits"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range rows {
				r.run(t, c)
			}
		})
	}
}
