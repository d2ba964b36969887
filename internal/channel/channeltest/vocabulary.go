package channeltest

// What endpoints say in Chinese, three bytes a character.
const (
	oneHan    = "号"
	wrongTime = "时间不对。"
)
