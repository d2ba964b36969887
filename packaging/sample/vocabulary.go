package main

// The words of the files that are made, as their makers write them.
const (
	cmccHeader    = "起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,套餐优惠,实收通信费(元)"
	genericHeader = "开始时间,事件类型,用户号码,通话时长,对端号码,对端归属地,活动地区"
	called        = "被叫"
	calling       = "主叫"
	place         = "南京"
	tariff        = "本地(非漫游)"
	hiddenName    = "隐藏号码"
	cmccDuration  = "%02d分%02d秒"
	ownNumber     = "13800000002"
)

// names are what contacts are called.
func names() []string {
	return []string{"张医生", "女儿", "儿子", "李阿姨", "王师傅", "社区热线", "物业", "Dr Li", "老同学", "陈老师"}
}
