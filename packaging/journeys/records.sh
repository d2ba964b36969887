#!/usr/bin/env bash
# Sourced by common.sh: call logs and a sheet for the journeys. Every number is
# invented or a public service line; no call happened. Their days are counted
# back from today, so that the last 30 days have something to show.

# moment DAYS TIME: that time so many days ago, in China.
moment() { printf '%s %s' "$(TZ=Asia/Shanghai date -d "-$1 days" +%F)" "$2"; }

# own_log: what the owner's operator lists, as a table.
own_log() {
	echo "开始时间,事件类型,用户号码,通话时长,对端号码,对端归属地,活动地区"
	local day time way seconds number
	while read -r day time way seconds number; do
		echo "$(moment "$((day + 1))" "$time"),$way,13800000002,$seconds,$number,,南京"
	done <<-END
		1 09:15:03 被叫 12 95013000
		1 10:40:21 被叫 65 95588
		1 15:02:44 被叫 18 9521330012
		2 09:31:10 被叫 7 95013000
		2 18:20:30 主叫 240 13800000001
		3 11:05:00 被叫 0 17012340000
		3 14:12:09 被叫 21 95050001
		4 09:44:52 被叫 9 95013026
		5 16:33:18 被叫 35 95170088
		6 10:30:00 被叫 30 961234
		6 20:15:41 主叫 420 13800000001
		7 09:08:27 被叫 11 95013000
		8 13:50:02 被叫 16 9521330012
		9 17:25:36 被叫 0 17012340000
		10 11:11:45 被叫 24 95050001
		11 09:58:13 被叫 8 95013026
		12 08:00:00 被叫 8 (010)6620-0000
		12 19:05:50 主叫 180 13800000001
		13 15:47:29 被叫 42 95170088
		14 10:02:08 被叫 13 95013000
		15 12:36:54 被叫 95 95588
		16 09:20:33 被叫 6 95013031
		17 14:55:17 被叫 19 9521330012
		18 16:09:40 被叫 27 95050001
		19 20:48:05 主叫 300 13800000001
		20 09:12:22 被叫 10 95013000
		21 11:39:58 被叫 14 95013026
		22 17:01:31 被叫 0 17012340000
		23 10:26:46 被叫 33 95170088
		25 09:49:04 被叫 7 95013000
		26 15:18:37 被叫 22 95050001
		28 10:55:20 被叫 15 9521330012
	END
}

# phone_log: a phone's log as SMS Backup & Restore writes it, from lines of days,
# time, kind (1 incoming, 2 outgoing, 3 missed), seconds, number on standard input.
phone_log() {
	local rows
	rows=$(cat)
	echo "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
	echo "<calls count=\"$(grep -c . <<<"$rows")\" type=\"full\">"
	local day time kind seconds number at
	while read -r day time kind seconds number; do
		at=$(TZ=Asia/Shanghai date -d "$(moment "$day" "$time")" +%s)
		echo "  <call number=\"$number\" duration=\"$seconds\" date=\"${at}000\" type=\"$kind\" presentation=\"1\" readable_date=\"$(moment "$day" "$time")\" contact_name=\"(Unknown)\" />"
	done <<<"$rows"
	echo "</calls>"
}

# new_calls: what happened on the owner's phone since the operator's list.
new_calls() {
	phone_log <<-END
		1 08:12:40 1 14 95013000
		1 07:48:05 3 0 95013000
		1 07:41:33 3 0 95013026
		2 19:30:12 1 6 95910001
		2 20:02:50 2 185 13800000001
		3 13:22:08 1 38 9521330018
		4 21:16:47 3 0 17012340000
		5 10:09:55 1 21 95170088
	END
}

# mother_calls: the phone of an old lady whom somebody works on.
mother_calls() {
	phone_log <<-END
		1 22:47:11 1 742 17012340077
		1 15:03:20 1 388 17012340077
		2 09:10:04 3 0 95013000
		2 09:12:31 3 0 95013000
		2 09:15:40 3 0 95013000
		2 09:17:02 1 12 95013000
		3 18:40:00 2 600 13800000002
		5 03:02:05 3 0 8613012340000
		6 10:20:18 1 65 95588
		8 18:45:27 1 540 13800000002
	END
}

# neighbours: what a volunteer wrote down for a building, with a title that says
# nothing to a program, and rows that cannot be filed as they are.
neighbours() {
	words "打来的是哪个,时间,类型,经过,居民姓名,联系电话" "Who rang,Time,Kind,Details,Name,Phone"
	echo
	local day time number kind zh en who phone
	while IFS='|' read -r day time number kind zh en who phone; do
		case $day in
		[0-9]*) time=$(moment "$day" "$time") ;;
		esac
		printf '%s,%s,%s,%s,%s,%s\n' "$number" "$time" "$kind" "$(words "$zh" "$en")" "$who" "$phone"
	done <<-END
		2|09:15|95013000|$(words 贷款理财 loan)|录音推销贷款|A recorded voice sold loans|$(words 王建国 "Wang Jianguo")|13800000011
		2|10:02|95013026|$(words 贷款理财 loan)|自称银行合作方|Said to be a partner of a bank|$(words 李秀英 "Li Xiuying")|13800000012
		3|20:47|9521330012|$(words 保险营销 insurance)|夜间推销保险|Sold insurance at night|$(words 张桂兰 "Zhang Guilan")|13800000013
		3|11:05|$(words 没记下来 "not noted")|$(words 恶意骚扰 malicious)|响一声就挂|Rang once|$(words 赵德明 "Zhao Deming")|13800000014
		4|14:30|95050001|$(words 教育培训 education)|给孙子推销网课|Sold courses for a grandson|$(words 陈玉珍 "Chen Yuzhen")|13800000015
		5|03:02|17012340000|$(words 恶意骚扰 malicious)|凌晨来电|Rang in the small hours|$(words 刘长河 "Liu Changhe")|13800000016
		-|$(words 前几天下午 "the other day")|95170088|$(words 房产中介 real_estate)|推销商铺|Sold a shop|$(words 孙淑芬 "Sun Shufen")|13800000017
		6|16:33|95170088|$(words 房产中介 real_estate)|已说不要再打|Had been told not to ring again|$(words 周福生 "Zhou Fusheng")|13800000018
		7|09:44|95910001|$(words 股票证券 securities)|荐股拉群|Wanted her in a group about shares|$(words 吴凤英 "Wu Fengying")|13800000019
	END
}
