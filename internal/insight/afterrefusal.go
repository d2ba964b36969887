package insight

import "quietline/internal/domain"

// afterRefusal finds calls after the person told the caller not to call again:
// as a complaint about an earlier call says, or as the user marked the call
// itself. Another number of the same holder code counts too, but weighs less,
// because codes are shared and resold.
type afterRefusal struct {
	end    int64
	drafts drafts
	how    map[*draft]string
}

func newAfterRefusal(p period) *afterRefusal {
	return &afterRefusal{end: p.end, drafts: newDrafts(KindAfterRefusal, p), how: map[*draft]string{}}
}

func (a *afterRefusal) see(c *Call) {
	if c.At >= a.end {
		return
	}
	how := ""
	switch {
	case c.NumberRefused != 0 && c.NumberRefused < c.At:
		how = "after_refusal.number"
	case c.Marked:
		how = "after_refusal.marked"
	case c.CodeRefused != 0 && c.CodeRefused < c.At:
		how = "after_refusal.code"
	default:
		return
	}
	d := a.drafts.of(c.Number)
	if d == nil {
		return
	}
	d.add(c)
	if was := a.how[d]; was == "" || rankOfRefusal(how) > rankOfRefusal(was) {
		a.how[d] = how
	}
}

func rankOfRefusal(how string) int {
	switch how {
	case "after_refusal.number":
		return 2
	case "after_refusal.marked":
		return 1
	}
	return 0
}

func (a *afterRefusal) found() []Alert {
	return a.drafts.finished(func(d *draft) (domain.Severity, string) {
		if a.how[d] == "after_refusal.code" {
			return domain.SeverityInfo, a.how[d]
		}
		return domain.SeverityCaution, a.how[d]
	})
}
