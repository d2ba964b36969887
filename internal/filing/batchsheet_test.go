package filing_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func TestSheetMappingIsRemembered(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	path := sheet(t, "甲,乙,丙\n95013000,2024-05-01 09:00,loan\n")
	m := filing.SheetMapping{filing.SheetNumber: "甲", filing.SheetCalledAt: "#2", filing.SheetCategory: "丙"}
	p, err := d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: path})
	if err != nil || len(p.Head.Missing) != 3 || len(p.Rows) != 1 || p.Rows[0].Problems != nil {
		t.Fatalf("%+v, %v", p, err)
	}
	if _, err := d.file.ImportSheet(t.Context(), filing.SheetRequest{Path: path}, nil); domain.KeyOf(err) != "sheet.column_missing" {
		t.Error(err)
	}
	d.importSheet(filing.SheetRequest{Path: path, Mapping: m, DryRun: true})
	if p, _ = d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: path}); len(p.Head.Missing) == 0 {
		t.Error("a dry run was remembered")
	}
	d.importSheet(filing.SheetRequest{Path: path, Mapping: m})
	p, err = d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: path})
	if err != nil || len(p.Head.Missing) > 0 || p.Head.Columns[0].Certainty != filing.CertaintyRemembered {
		t.Fatalf("%+v, %v", p, err)
	}
	if _, err := d.file.ImportSheet(t.Context(), filing.SheetRequest{Path: path, ForgetMapping: true}, nil); domain.KeyOf(err) != "sheet.column_missing" {
		t.Error(err)
	}
	if p, _ = d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: path}); len(p.Head.Missing) == 0 {
		t.Error("it was not forgotten")
	}
	for _, bad := range []filing.SheetMapping{{"nonsense": "甲"}, {filing.SheetNumber: strings.Repeat("x", 201)}} {
		var problems domain.Problems
		if _, err := d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: path, Mapping: bad}); !errors.As(err, &problems) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestSheetNeedsAChannel(t *testing.T) {
	d := newDesk(t)
	path := sheet(t, mixed(3))
	if _, err := d.file.ImportSheet(t.Context(), filing.SheetRequest{Path: path}, nil); domain.KeyOf(err) != "channel.none" {
		t.Error(err)
	}
	// What is in it is shown nevertheless.
	p, err := d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: path})
	if err != nil || len(p.Rows) != 3 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestTimesOfSheets(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	n := 0
	for text, want := range map[string]string{
		"2024-05-01 09:15:03": "2024-05-01T09:15:03+08:00", "2024/5/1 9:15": "2024-05-01T09:15:00+08:00",
		"2024年5月1日 9时15分": "2024-05-01T09:15:00+08:00", "2024年5月1日 9:15:03": "2024-05-01T09:15:03+08:00",
		"2024年05月01日9点": "2024-05-01T09:00:00+08:00", "2024-05-01T01:15:03Z": "2024-05-01T01:15:03Z", "2024-5-1": "", "九点": "",
	} {
		p, err := d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: sheet(t, "number,called_at,category\n95013000,"+text+",loan\n")})
		if err != nil {
			t.Fatal(err)
		}
		if (want == "") != slices.Equal(keys(p.Rows[0].Problems), []string{"called_at time.invalid"}) {
			t.Errorf("%s: %v", text, p.Rows[0].Problems)
		}
		if want == "" {
			continue
		}
		n++ // each is somebody else's
		r := d.importSheet(filing.SheetRequest{Path: sheet(t, "number,called_at,category,complainant_name\n95013000,"+text+",loan,"+fmt.Sprint(n)+"\n")})
		if r.Queued != 1 {
			t.Errorf("%s: %+v", text, r)
			continue
		}
		at := d.complaintOf(r.Batch, 2).Body.Calls[0].StartedAt
		if got := at.Format("2006-01-02T15:04:05Z07:00"); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}
