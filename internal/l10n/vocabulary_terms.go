package l10n

// otherTerms are further words for the codes of an enumeration: those of enums.md
// where the program says it otherwise, and those that people write into sheets. A
// "_" stands for a space.
func otherTerms(kind string) map[string]string {
	switch kind {
	case "category":
		return map[string]string{
			"loan": "贷款 理财 借贷 网贷 loans_and_wealth_management", "insurance": "保险", "real_estate": "房产 房地产 卖房 租房 real_estate_agent",
			"education": "教育 培训 education_and_training", "collection": "催收 催债 debt_collection", "securities": "股票 证券 荐股 stocks_and_securities",
			"invoice_cert": "发票办证/假证假据 发票 办证 假证假据 fake_invoices_and_certificates",
			"food_drug":    "食药 保健品 药品 food/health-product/drug_sales", "porn": "色情", "tobacco_alcohol": "烟酒 tobacco_and_alcohol_sales",
			"retail": "零售 推销 促销", "recruit": "招聘 猎头", "decoration": "装修 家政 renovation/housekeeping renovation", "telecom_promo": "运营商",
			"fraud": "诈骗 欺诈 疑似诈骗", "malicious": "骚扰", "silent": "无声/空号 无声 空号", "survey": "问卷 调查 调研", "other": "其它",
		}
	case "technique":
		return map[string]string{
			"human": "人工 真人 human", "recorded": "录音电话骚扰 录音 播放录音 recording", "ring_once": "响一声 响一下", "bombing": "轰炸/呼死你 轰炸 呼死你 电话轰炸",
			"ultra_short": "超短", "mass_dial": "群呼", "high_freq": "高频", "low_freq_fraud": "低频诈骗", "silent": "无声",
			"ai_voice": "AI语音外呼 AI语音 AI 机器人 智能语音 robot", "spoofed": "改号/仿冒号码 改号 仿冒号码 仿冒 伪造号码 spoofed_number",
			"night": "夜间/休息时间 夜间 深夜 休息时间", "redial_after_refusal": "拒绝后仍拨打 拒绝后再拨 拒绝后再次拨打", "unknown": "不详 不清楚",
		}
	case "direction":
		return map[string]string{
			"incoming": "被叫 呼入(被叫) 来电 已接 已接来电 打入 接听 in received answered", "outgoing": "主叫 呼出(主叫) 去电 拨出 打出 out dialled dialed",
			"missed": "未接来电 未接听 漏接", "rejected": "已拒接 拒绝 declined", "blocked": "拦截", "voicemail": "留言",
			"forwarded": "转移 呼叫转移", "unknown": "不详",
		}
	case "relation":
		return map[string]string{
			"self": "自己 me self", "child": "儿子 女儿 儿女 孩子 son daughter", "spouse": "丈夫 妻子 爱人 老伴 husband wife",
			"relative": "亲戚 家属 家人", "guardian": "监护", "volunteer": "社区志愿者 义工", "community": "社区 居委会 网格员 社工 community",
		}
	case "authority":
		return map[string]string{"oral": "口头授权 口头同意 verbal", "written": "书面 书面授权 委托书", "guardianship": "监护人 法定监护"}
	}
	return nil
}
