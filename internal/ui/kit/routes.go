package kit

import (
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
)

// The actions of the routes below.
const (
	// ActionLog opens the form of a call; the ID is its number, or empty.
	ActionLog = "log"
	// ActionOpen shows one call or complaint by its ID.
	ActionOpen = "open"
	// ActionRecent shows the calls of the last 30 days.
	ActionRecent = "recent"
	// ActionImport opens the import of call logs.
	ActionImport = "import"
	// ActionNumber opens the form of a complaint about a number, which may be
	// empty, or its verdict.
	ActionNumber = "number"
	// ActionNew opens the form of a complaint about logged calls.
	ActionNew = "new"
	// ActionSegment shows a part of the complaints.
	ActionSegment = "segment"
)

// RouteLogCall leads to the form of a call from the number.
func RouteLogCall(number string) Route {
	return Route{Page: PageCalls, Action: ActionLog, ID: number}
}

// RouteImport leads to the import of call logs.
func RouteImport() Route { return Route{Page: PageCalls, Action: ActionImport} }

// RouteRecentCalls leads to the calls of the last 30 days.
func RouteRecentCalls() Route { return Route{Page: PageCalls, Action: ActionRecent} }

// RouteCall leads to a call.
func RouteCall(id domain.CallID) Route {
	return Route{Page: PageCalls, Action: ActionOpen, ID: strconv.FormatInt(int64(id), 10)}
}

// RouteComplain leads to the form of a complaint about a number.
func RouteComplain(number string) Route {
	return Route{Page: PageComplaints, Action: ActionNumber, ID: number}
}

// RouteComplainAbout leads to the form of a complaint about logged calls.
func RouteComplainAbout(calls ...domain.CallID) Route {
	ids := make([]string, len(calls))
	for i, id := range calls {
		ids[i] = strconv.FormatInt(int64(id), 10)
	}
	return Route{Page: PageComplaints, Action: ActionNew, ID: strings.Join(ids, ",")}
}

// RouteComplaint leads to a complaint.
func RouteComplaint(id domain.ComplaintID) Route {
	return Route{Page: PageComplaints, Action: ActionOpen, ID: string(id)}
}

// RouteComplaints leads to a part of the complaints: "drafts", "outbox",
// "stuck", "filed" or "aside".
func RouteComplaints(segment string) Route {
	return Route{Page: PageComplaints, Action: ActionSegment, ID: segment}
}

// CallIDs reads the ID of the route as ids of calls; what is none is left out.
func (r Route) CallIDs() []domain.CallID {
	var out []domain.CallID
	for s := range strings.SplitSeq(r.ID, ",") {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			out = append(out, domain.CallID(n))
		}
	}
	return out
}

// ActionPerson shows the calls of the person whose id the ID is.
const ActionPerson = "person"

// RouteCallsOf leads to the calls of a person.
func RouteCallsOf(id domain.PersonID) Route {
	return Route{Page: PageCalls, Action: ActionPerson, ID: strconv.FormatInt(int64(id), 10)}
}

// ActionFrom shows the calls from the number that the ID is.
const ActionFrom = "from"

// RouteCallsFrom leads to the calls from a number, in its normalised form.
func RouteCallsFrom(number string) Route {
	return Route{Page: PageCalls, Action: ActionFrom, ID: number}
}

// ActionCode shows the calls of the holder code that the ID is.
const ActionCode = "code"

// RouteCallsOfCode leads to the calls of a holder code.
func RouteCallsOfCode(code string) Route {
	return Route{Page: PageCalls, Action: ActionCode, ID: code}
}

// ActionDays shows the calls of some days: the ID is the id of the person, 0 for
// everybody, the first day and the last.
const ActionDays = "days"

// RouteCallsOnDays leads to the calls of a person, 0 for everybody, on the days
// in China of both moments and between them.
func RouteCallsOnDays(id domain.PersonID, from, to time.Time) Route {
	return Route{Page: PageCalls, Action: ActionDays, ID: strings.Join([]string{
		strconv.FormatInt(int64(id), 10), day(from), day(to),
	}, ",")}
}

// Days reads the ID of a route to the calls of some days.
func (r Route) Days() (person domain.PersonID, from, to string, ok bool) {
	parts := strings.Split(r.ID, ",")
	if len(parts) != 3 {
		return 0, "", "", false
	}
	id, err := strconv.ParseInt(parts[0], 10, 64)
	return domain.PersonID(id), parts[1], parts[2], err == nil
}

// ActionAlerts shows the alerts.
const ActionAlerts = "alerts"

// RouteAlerts leads to the alerts.
func RouteAlerts() Route { return Route{Page: PageCalls, Action: ActionAlerts} }

// ActionCharts shows the charts of calls and complaints.
const ActionCharts = "charts"

// RouteCharts leads to the charts.
func RouteCharts() Route { return Route{Page: PageCalls, Action: ActionCharts} }

// ActionFind searches the registry for what the ID is.
const ActionFind = "find"

// RouteCheck leads to the full verdict of a number.
func RouteCheck(number string) Route {
	return Route{Page: PageCheck, Action: ActionNumber, ID: number}
}

// RouteRegistry leads to the registry, searched for a code or a name, or to its
// blocks where that is empty.
func RouteRegistry(query string) Route {
	return Route{Page: PageCheck, Action: ActionFind, ID: query}
}

// ActionBatch shows the complaints of a batch: the ID is a part of the complaints
// and the batch.
const ActionBatch = "batch"

// RouteComplaintsOfBatch leads to the complaints of a batch in a part of the
// complaints, as in RouteComplaints.
func RouteComplaintsOfBatch(segment, batch string) Route {
	return Route{Page: PageComplaints, Action: ActionBatch, ID: segment + "," + batch}
}

// RouteBatch leads to a batch.
func RouteBatch(id string) Route { return Route{Page: PageBatch, Action: ActionOpen, ID: id} }
