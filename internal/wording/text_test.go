package wording_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/wording"
)

func full() domain.ComplaintBody {
	b := domain.ComplaintBody{
		Caller:   domain.Caller{Displayed: "+8695013000", Number: "95013000", Family: domain.FamilyCallCentre95},
		Calls:    calls("2024-07-02 10:00", "2024-06-30 09:15", "2024-07-03 21:30"),
		Category: domain.CategoryLoan, Techniques: []domain.Technique{domain.TechniqueRecorded},
		ConsentGiven: ptr(false), RefusedAt: ptr(at("2024-06-30 09:16")),
		Loss:    &domain.Loss{Amount: "1200.50", Currency: "CNY"},
		Demands: []domain.Demand{domain.DemandStopCalls, domain.DemandDiscloseSource},
	}
	return b
}

func TestTheTextOfAWholeRecord(t *testing.T) {
	now := at("2024-07-05 10:00")
	for lang, want := range map[l10n.Language]string{
		l10n.English: `The number 95013000 (shown as +8695013000) called me 3 times (Beijing time): 2024-06-30 09:15, 2024-07-02 10:00, 2024-07-03 21:30. It was about: Loans & wealth management. How they called: Recorded message. I had not agreed to such calls. On 2024-06-30 09:16 I clearly refused to be called again. After that it called 2 more times. I lost 1200.50 (Yuan).
Please examine it under these rules:
- MIIT's notice on call-centre business of 18 June 2020: such lines may call a user only with the user's consent, and not for commercial marketing.
- MIIT's notice on call-centre business of 18 June 2020: recording, both numbers, time and proof of the user's consent are to be kept for at least 30 days. Please have them secured in time.
- Implementing regulation of the Law on the Protection of Consumers' Rights and Interests, art. 24 (in force since 1 July 2024): no commercial calls without the consumer's consent; they must stop at once when refused. (This is about 2 of the calls.)
- Law on the Protection of Consumers' Rights and Interests, art. 29(3): no commercial information without consent or after a clear refusal. (This is about 2 of the calls.)
- Civil Code, art. 1033(1): nobody may disturb the peace of another's private life by telephone without consent or a legal ground.
I ask that: the calls stop, I am told where they got the number.`,
		l10n.Chinese: `我先后 3 次收到来电，号码为 95013000（来电显示为 +8695013000），时间（北京时间）：2024-06-30 09:15、2024-07-02 10:00、2024-07-03 21:30。来电内容：贷款理财。拨打方式：录音电话。我从未同意接听此类来电。我已于 2024-06-30 09:16 明确拒绝对方再次来电。此后该号码仍来电 2 次。我因此损失 1200.50（人民币）。
请依据下列规定核查：
·工业和信息化部 2020 年 6 月 18 日关于呼叫中心业务的通知：呼叫中心号码外呼须经用户同意，不得用于商业营销。
·工业和信息化部 2020 年 6 月 18 日关于呼叫中心业务的通知：通话录音、主被叫号码、通话时间和用户同意的凭证至少留存 30 日。请及时调取保全。
·《消费者权益保护法实施条例》第二十四条（2024 年 7 月 1 日起施行）：未经消费者同意，不得拨打商业性电话；消费者拒绝的，应当立即停止。（适用于其中 2 次来电。）
·《消费者权益保护法》第二十九条第三款：未经消费者同意，或者消费者明确表示拒绝的，不得向其发送商业性信息。（适用于其中 2 次来电。）
·《民法典》第一千零三十三条第（一）项：未经同意且无法律依据，任何组织或者个人不得以电话等方式侵扰他人的私人生活安宁。
我的请求：停止来电、说明号码的来源。`,
	} {
		got := wording.Propose(testkit.Printer(t, lang), full(), now).Text
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n%s", lang, diff)
		}
	}
}

func TestTheFirstSentence(t *testing.T) {
	p := testkit.Printer(t, l10n.English)
	one := func(change func(*domain.CallRef)) domain.ComplaintBody {
		b := domain.ComplaintBody{Caller: domain.Caller{Displayed: "95013000", Number: "95013000"}, Calls: calls("2013-06-30 09:15")}
		change(&b.Calls[0])
		return b
	}
	mother := one(func(*domain.CallRef) {})
	mother.Complainant.OnBehalf = &domain.OnBehalf{Name: "Mother"}
	many := one(func(*domain.CallRef) {})
	for i := range 11 {
		many.Calls = append(many.Calls, domain.CallRef{StartedAt: at("2013-07-01 00:00").Add(time.Duration(i) * time.Minute)})
	}
	unread := one(func(*domain.CallRef) {})
	unread.Caller = domain.Caller{Displayed: " abc "}
	for name, tc := range map[string]struct {
		body domain.ComplaintBody
		want string
	}{
		"no time":    {one(func(c *domain.CallRef) { c.StartedAt = time.Time{} }), "The number 95013000 called me."},
		"one":        {one(func(*domain.CallRef) {}), "On 2013-06-30 09:15 (Beijing time) the number 95013000 called me."},
		"length":     {one(func(c *domain.CallRef) { c.DurationSeconds = ptr(int64(65)) }), "On 2013-06-30 09:15 (Beijing time) the number 95013000 called me. The call lasted 1 min 5 s."},
		"unanswered": {one(func(c *domain.CallRef) { c.Direction = domain.DirectionMissed }), "On 2013-06-30 09:15 (Beijing time) the number 95013000 called me. It was not answered."},
		"for others": {mother, "On 2013-06-30 09:15 (Beijing time) the number 95013000 called Mother, for whom I complain."},
		"unreadable": {unread, "On 2013-06-30 09:15 (Beijing time) the number abc called me."},
		"nothing":    {domain.ComplaintBody{}, ""},
	} {
		if got := wording.Propose(p, tc.body, at("2026-01-01 00:00")).Text; got != tc.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	got := wording.Propose(p, many, at("2026-01-01 00:00")).Text
	if !strings.HasPrefix(got, "The number 95013000 called me 12 times") || !strings.HasSuffix(got, "2013-07-01 00:08 and more.") {
		t.Errorf("many: %q", got)
	}
}

// What somebody typed stays; only a text that was proposed before and still
// stands there unchanged is replaced.
func TestInsertKeepsWhatWasTyped(t *testing.T) {
	for i, tc := range []struct{ written, before, text, want string }{
		{"", "", "P1", "P1"},
		{"mine", "", "P1", "mine\nP1"},
		{"mine \n\n", "", "P1", "mine\nP1"},
		{"mine\nP1\nand more", "P1", "P2", "mine\nP2\nand more"},
		{"mine\nP-one, changed", "P1", "P2", "mine\nP-one, changed\nP2"},
	} {
		if got := wording.Insert(tc.written, tc.before, tc.text); got != tc.want {
			t.Errorf("%d: %q", i, got)
		}
	}
}

func TestHowLongTheRecordsAreOwed(t *testing.T) {
	p := testkit.Printer(t, l10n.English)
	centre := domain.FamilyCallCentre95
	for _, tc := range []struct {
		name   string
		family domain.Family
		calls  []domain.CallRef
		now    string
		want   string
	}{
		{"just called", centre, calls("2024-05-20 23:59"), "2024-05-20 23:59", "2024-06-19 30"},
		{"counted in Chinese days", centre, calls("2024-05-20 00:01"), "2024-06-18 23:59", "2024-06-19 1"},
		{"the oldest counts", centre, calls("2024-05-20 09:00", "2024-05-10 09:00"), "2024-05-20 09:00", "2024-06-09 20"},
		{"the last day", centre, calls("2024-05-20 09:00"), "2024-06-19 23:59", "2024-06-19 0"},
		{"over", centre, calls("2024-05-20 09:00"), "2024-06-20 00:00", "2024-06-19 -1"},
		{"no call-centre line", domain.FamilyMobile, calls("2024-05-20 09:00"), "2024-05-20 09:00", "no"},
		{"a bank's line", domain.FamilyEnterprise95, calls("2024-05-20 09:00"), "2024-05-20 09:00", "no"},
		{"before the notice", centre, calls("2020-07-30 09:00"), "2020-08-01 09:00", "no"},
		{"no time", centre, []domain.CallRef{{}}, "2024-05-20 09:00", "no"},
		{"their own call", centre, []domain.CallRef{{StartedAt: at("2024-05-20 09:00"), Direction: domain.DirectionOutgoing}}, "2024-05-20 09:00", "no"},
	} {
		r, ok := wording.KeptUntil(tc.family, tc.calls, at(tc.now))
		got := "no"
		if ok {
			got = fmt.Sprint(r.Until.Format(time.DateOnly), " ", r.Days)
		}
		if got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
		if ok && r.Over() != strings.Contains(r.Sentence(p), "may be gone") || ok && !strings.Contains(r.Sentence(p), "2024-06-") {
			t.Errorf("%s: %q", tc.name, r.Sentence(p))
		}
	}
}
