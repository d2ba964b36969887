package importer

// UnicomJSON is the format "unicom_json": what iservice.10010.com answers to
// the page of the bill, and the variant of Hubei, whose durations are seconds
// and whose kinds of call are filled up with dashes (formats.md 3.5).
func UnicomJSON() Format {
	return jsonBill{
		name: "unicom_json", times: newClockwork(), frame: []string{"pageMap", "queryDateScope"},
		variants: []jsonKeys{
			{
				date: "calldateformat", clock: "calltimeformat", direction: "calltypename", duration: "calllonghour",
				hint: "voicetype", number: "othernumber",
			},
			{
				date: "calldate", clock: "calltime", direction: "calltypeName", duration: "calllonghour",
				hint: "landtype", number: "othernum",
			},
		},
	}
}
