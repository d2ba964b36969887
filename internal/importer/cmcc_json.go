package importer

// CMCCJSON is the format "cmcc_json": what shop.10086.cn answers to the page
// of the bill, as plain JSON or in the call of a function (formats.md 3.5).
func CMCCJSON() Format {
	return jsonBill{
		name: "cmcc_json", times: newClockwork(), frame: []string{"retCode", "curCuror"},
		variants: []jsonKeys{{
			clock: "startTime", direction: "commMode", duration: "commTime", hint: "commType", number: "anotherNm",
		}},
	}
}
