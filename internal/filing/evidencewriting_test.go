package filing_test

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Files stay with a complaint however it is written anew.
func TestFilesStayWhileWriting(t *testing.T) {
	c := newCabinet(t)
	draft := func(minutes int, files ...domain.Evidence) domain.Complaint {
		in := c.input(files...)
		in.At, in.Draft = in.At.Add(-time.Duration(minutes)*time.Minute), true
		return c.new(in)
	}
	one, two := c.take("a.txt", "one"), c.take("b.txt", "two")
	again := one
	again.FileName = "other.txt"

	first, second := draft(10, one), draft(20, two, again)
	m, err := c.file.Merge(t.Context(), string(first.ID), string(second.ID))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "merged", c.states(first.ID), "a.txt stored ;b.txt stored ;")
	if err := c.file.Unmerge(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	want(t, "unmerged", c.states(first.ID)+c.states(second.ID), "a.txt stored ;b.txt stored ;other.txt stored ;")

	gone, err := c.file.RemoveDraft(t.Context(), string(second.ID))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.file.SweepEvidence(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := gone.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	want(t, "restored", c.states(second.ID), "b.txt stored ;other.txt stored ;")

	if _, err := c.file.FileDraft(t.Context(), string(first.ID), ""); err != nil {
		t.Fatal(err)
	}
	_, err = c.file.Edit(t.Context(), string(first.ID), func(in *filing.ComplaintInput) error {
		in.Description = "more"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "edited", c.states(first.ID), "a.txt stored ;")
	if s := c.run(filing.RunOptions{}); s.Sent != 1 || s.Uploads.Done != 1 {
		t.Errorf("%+v", s)
	}
}
