package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/workspace"
)

// evidenceJSON is a file of a complaint with what became of it.
type evidenceJSON struct {
	SHA256    string               `json:"sha256"`
	MediaType string               `json:"media_type"`
	Bytes     int64                `json:"bytes"`
	FileName  string               `json:"file_name"`
	State     domain.EvidenceState `json:"state"`
	Attempts  int                  `json:"attempts"`
	NextAt    *string              `json:"next_attempt_at"`
	Error     *sendErrorJSON       `json:"error"`
}

func (c *cli) toEvidenceJSON(list []domain.EvidenceStatus) []evidenceJSON {
	out := make([]evidenceJSON, len(list))
	for i, e := range list {
		out[i] = evidenceJSON{
			SHA256: e.SHA256, MediaType: e.MediaType, Bytes: e.Bytes, FileName: e.FileName,
			State: e.State, Attempts: e.Attempts, NextAt: c.timePtr(e.NextAt),
		}
		if err := e.Err(); err != nil {
			x := c.Explain(err)
			out[i].Error = &sendErrorJSON{Code: x.Code, Message: x.Message, Hint: x.Hint, Detail: e.Detail}
		}
	}
	return out
}

// evidenceText lists the files of a complaint, with the reason and the next step
// where one is not where it should be.
func (c *cli) evidenceText(list []domain.EvidenceStatus) string {
	if len(list) == 0 {
		return ""
	}
	text := "\n" + c.T("cli.label.evidence") + "\n"
	for _, e := range list {
		text += "  " + c.fileState(e) + "\n"
		if err := e.Err(); err != nil {
			x := c.Explain(err)
			text += "    " + plain(x.Message) + " " + plain(x.Hint)
			text += c.reasons("    ", e.Detail, nil) + "\n"
		}
	}
	return text
}

func (c *cli) fileState(e domain.EvidenceStatus) string {
	return plain(c.T("cli.complaints.file_state", map[string]any{
		"Name": e.FileName, "State": c.Term("evidence_state", string(e.State)),
	}))
}

// newWithEvidence takes the files into the workspace and makes the complaint.
// Where that fails, they go again.
func (c *cli) newWithEvidence(ctx context.Context, w *workspace.Workspace, in *filing.ComplaintInput, paths []string) ([]domain.Complaint, error) {
	return c.withFiles(ctx, w, in, paths, func() ([]domain.Complaint, error) { return w.Filing.NewAll(ctx, *in) })
}

// withFiles takes files for the input, behind those that it has, and then stores
// it; where either fails, none of these files stays.
func (c *cli) withFiles(
	ctx context.Context, w *workspace.Workspace, in *filing.ComplaintInput, paths []string, store func() ([]domain.Complaint, error),
) ([]domain.Complaint, error) {
	before := len(in.Evidence)
	var copies []filing.TakenEvidence
	drop := func() error { return w.Filing.DropEvidence(context.WithoutCancel(ctx), copies) }
	var problems domain.Problems
	for i, path := range paths {
		taken, err := w.Filing.TakeEvidence(ctx, path)
		var e *domain.Error
		switch {
		case err == nil:
			in.Evidence, copies = append(in.Evidence, taken.Evidence), append(copies, taken)
			c.sayTaken(taken)
		case errors.As(err, &e) && e.Kind != domain.Cancelled:
			problems = append(problems, e.At(filing.EvidencePointer(before+i)))
		default:
			return nil, errors.Join(err, drop())
		}
	}
	var list []domain.Complaint
	err := problems.Err()
	if err == nil {
		list, err = store()
	}
	if err != nil {
		if derr := drop(); derr != nil {
			c.logger().Warn("files stay for the sweep", "err", derr)
		}
	}
	return list, err
}

// sayTaken tells a reader of text what was done to a file, and what was not.
func (c *cli) sayTaken(taken filing.TakenEvidence) {
	for _, note := range taken.Notes() {
		c.say(plain(taken.FileName + c.T("cli.colon") + c.T("evidence.note."+note)))
	}
}

func (c *cli) complaintsAttach() *cobra.Command {
	return &cobra.Command{
		Use: "attach ID FILE", Short: c.T("cli.complaints.attach"), Long: c.T("cli.complaints.attach_long"), Args: between(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				e, err := w.Filing.AttachAgain(cmd.Context(), args[0], args[1])
				if err != nil {
					return err
				}
				return c.emit(c.toEvidenceJSON([]domain.EvidenceStatus{e})[0], func() string { return c.fileState(e) })
			})
		},
	}
}

// exportEvidence writes the files of a complaint that a person files beside its
// form.
func exportEvidence(ctx context.Context, w *workspace.Workspace, k domain.Complaint, dir string, force bool) (paths []string, err error) {
	for i, e := range k.Body.Evidence {
		path := filepath.Join(dir, "complaint-"+k.ID.Short()+"-"+strconv.Itoa(i+1)+"-"+strings.ReplaceAll(e.FileName, string(filepath.Separator), "_"))
		if _, err := os.Lstat(path); err == nil && !force {
			return paths, domain.E("quietctl.exportEvidence", domain.Conflict, "report.exists", domain.Args{"File": path}, nil)
		}
		if err := w.Filing.SaveEvidence(ctx, e, path); err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}
