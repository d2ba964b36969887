package filing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

const statedHead = "number,called_at,category,complainant_name,complainant_phone,on_behalf_of,relation,authority,province\n"

// statedDesk is a desk with an aunt in the workspace and rows of a sheet queued.
func statedDesk(t *testing.T, rows string) (d *desk, ids []string) {
	t.Helper()
	d = newDesk(t)
	d.channel("office")
	d.aunt()
	r := d.importSheet(filing.SheetRequest{Path: sheet(t, statedHead+rows)})
	page, err := d.file.BatchRows(t.Context(), r.Batch, filing.BatchRowFilter{}, 0, 10)
	if err != nil || r.Rejected > 0 {
		t.Fatalf("%v %+v %+v", err, r, page.Rows)
	}
	for _, row := range page.Rows {
		ids = append(ids, string(row.ComplaintID))
	}
	return d, ids
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// aunt is in the workspace.
func (d *desk) aunt() {
	d.t.Helper()
	d.must(d.store.AddPerson(d.t.Context(), &domain.Person{
		Name: "姑姑", Relation: domain.Relations()[1], Authority: domain.Authorities()[0],
		Numbers: []string{"13700000001"}, Province: "安徽",
	}))
}

// What is changed in a complaint leaves alone who complains, and for whom.
func TestEditKeepsTheStatedComplainant(t *testing.T) {
	for name, row := range map[string]string{
		"owner":                                 "95013000,2024-05-01 09:00,loan,,,,,,\n",
		"owner, another province":               "95013000,2024-05-01 09:00,loan,,,,,,安徽\n",
		"owner for a stranger":                  "95013000,2024-05-01 09:00,loan,,,李大爷,志愿者,口头,安徽\n",
		"owner for the aunt":                    "95013000,2024-05-01 09:00,loan,,,姑姑,,,\n",
		"owner for the aunt, otherwise related": "95013000,2024-05-01 09:00,loan,,,姑姑,志愿者,书面,\n",
		"a number alone":                        "95013000,2024-05-01 09:00,loan,,13912345678,,,,安徽\n",
		"neighbour":                             "95013000,2024-05-01 09:00,loan,张三,,,,,\n",
		"neighbour for the aunt":                "95013000,2024-05-01 09:00,loan,张三,13912345678,姑姑,志愿者,口头,\n",
		"neighbour for a stranger":              "95013000,2024-05-01 09:00,loan,张三,13912345678,李大爷,志愿者,口头,安徽\n",
		"aunt for herself":                      "95013000,2024-05-01 09:00,loan,姑姑,,,,,\n",
		"aunt for a stranger":                   "95013000,2024-05-01 09:00,loan,姑姑,,李大爷,志愿者,口头,\n",
	} {
		t.Run(name, func(t *testing.T) {
			d, ids := statedDesk(t, row)
			before := d.show(domain.ComplaintID(ids[0])).Complaint
			for _, draft := range []bool{false, true, true, false} {
				list, err := d.file.Edit(t.Context(), ids[0], func(in *filing.ComplaintInput) error {
					in.Description += "x"
					in.Draft = draft
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(before.Body.Complainant, list[0].Body.Complainant); diff != "" || list[0].PersonID != before.PersonID {
					t.Error(diff, before.PersonID, list[0].PersonID)
				}
			}
		})
	}
}

// Where a name in a sheet was somebody of the workspace, they are called as they
// are now.
func TestEditCallsPeopleByTheirPresentName(t *testing.T) {
	d, ids := statedDesk(t, "95013000,2024-05-01 09:00,loan,张三,,姑姑,志愿者,口头,\n"+
		"95013001,2024-05-01 09:00,loan,姑姑,,,,,\n95013002,2024-05-01 09:00,loan,,,,,,安徽\n")
	people, err := d.store.People(t.Context())
	d.must(err)
	for i, name := range []string{"李强", "王姑姑"} {
		people[i].Name = name
		d.must(d.store.UpdatePerson(t.Context(), people[i]))
	}
	var got [][2]string
	for _, id := range ids {
		list, err := d.file.Edit(t.Context(), id, func(*filing.ComplaintInput) error { return nil })
		d.must(err)
		c := list[0].Body.Complainant
		got = append(got, [2]string{c.Name, list[0].Party()})
	}
	want := [][2]string{{"张三", "王姑姑"}, {"王姑姑", "王姑姑"}, {"李强", "李强"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Two who complain for the same person are two complainants.
func TestNeighboursAreNotMerged(t *testing.T) {
	for name, c := range map[string]struct{ rows, want string }{
		"two neighbours": {"95013000,2024-05-01 09:00,loan,张三,13912345678,姑姑,志愿者,口头,\n" +
			"95013000,2024-05-02 09:00,loan,王五,13912345679,姑姑,志愿者,口头,\n", "complaint.merge_person"},
		"neighbour and owner": {"95013000,2024-05-01 09:00,loan,张三,13912345678,姑姑,志愿者,口头,\n" +
			"95013000,2024-05-02 09:00,loan,,,姑姑,,,\n", "complaint.merge_person"},
		"two strangers": {"95013000,2024-05-01 09:00,loan,,,李大爷,志愿者,口头,\n" +
			"95013000,2024-05-02 09:00,loan,,,王大爷,志愿者,口头,\n", "complaint.merge_person"},
		"another authority": {"95013000,2024-05-01 09:00,loan,张三,,姑姑,志愿者,口头,\n" +
			"95013000,2024-05-02 09:00,loan,张三,,姑姑,志愿者,书面,\n", "complaint.merge_differs"},
		"the same": {"95013000,2024-05-01 09:00,loan,张三,,姑姑,志愿者,口头,\n" +
			"95013000,2024-05-02 09:00,loan,张三,,姑姑,志愿者,口头,\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, ids := statedDesk(t, c.rows)
			for _, id := range ids {
				_, err := d.file.Edit(t.Context(), id, func(in *filing.ComplaintInput) error { in.Draft = true; return nil })
				d.must(err)
			}
			m, err := d.file.Merge(t.Context(), ids...)
			if domain.KeyOf(err) != c.want {
				t.Fatalf("%v %+v", err, m.Complaint.Body.Complainant)
			}
			if c.want == "" && m.Complaint.Body.Complainant.Name != "张三" {
				t.Errorf("%+v", m.Complaint.Body.Complainant)
			}
		})
	}
}
