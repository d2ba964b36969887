package channel_test

// The words of docs/faults.md that are not the program's own.

func englishDoc() docWords {
	return docWords{
		title: "What can go wrong while filing, and what follows",
		intro: "Each line is a test that lets the fault happen to a complaint in the outbox and then takes it away " +
			"(`internal/channel/faults_test.go`). The times are those after the first try. A second fault is tried again " +
			"after 5 minutes, every further one after 30 minutes (± 10 %), never earlier than the endpoint asked, and after " +
			"24 hours the complaint is listed as stuck. The key and the bytes of a complaint never change: in the end " +
			"the endpoint holds it once.",
		head:   "| Fault | The attempt | The complaint | Next try | The channel | What the user reads | Then |",
		atOnce: "at once", later: "after %s", never: "–", resumed: "when the channel goes on",
		paused: "paused", held: "waits %s", none: "goes on",
		sendsAgain: "is sent again", asksFirst: "is asked about by its key, and sent again only if it is not there",
		end: " ", hours: "%d h", minutes: "%d min",
		name: func(f fault) string { return f.en },
	}
}

func chineseDoc() docWords {
	return docWords{
		title: "提交时可能出现的故障及处理",
		intro: "每一行都是一项测试：让发件箱中的一件投诉遇到该故障，然后排除故障（`internal/channel/faults_test.go`）。" +
			"时间以第一次尝试之后为准。再次失败则 5 分钟后重试，以后每 30 分钟（± 10 %）重试一次，不会早于受理端要求的时间；" +
			"24 小时后，该投诉列为滞留。投诉的幂等键和内容始终不变，因此受理端最终只会有一份。",
		head:   "| 故障 | 本次尝试 | 投诉状态 | 下次尝试 | 渠道 | 用户看到的说明 | 之后 |",
		atOnce: "立即", later: "%s后", never: "–", resumed: "渠道恢复之后",
		paused: "暂停", held: "等待 %s", none: "照常",
		sendsAgain: "重新提交", asksFirst: "先凭幂等键查询，确认没有才重新提交",
		hours: "%d 小时", minutes: "%d 分钟",
		name: func(f fault) string { return f.zh },
	}
}
