package filing_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/evidence"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// cabinet is a desk with a vault and an endpoint that takes files.
type cabinet struct {
	*desk
	dir, vault string
	takes      *taking
}

// taking is a fake endpoint that takes files as scripted; when the script is
// over, it takes everything.
type taking struct {
	*fake
	answers []filing.Outcome
	got     []string // names, in order
	data    []string
	put     func() // called with each file; may be nil
	panics  bool
}

func (e *taking) Capabilities(ctx context.Context) (domain.Capabilities, error) {
	c, err := e.fake.Capabilities(ctx)
	c.MaxEvidenceBytes, c.EvidenceTypes = 1<<20, []string{"*/*"}
	return c, err
}

func (e *taking) PutEvidence(_ context.Context, p filing.EvidencePut) filing.Outcome {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.put != nil {
		e.put()
	}
	if e.panics {
		e.panics = false
		panic("client")
	}
	data, err := io.ReadAll(p.Body)
	if err != nil {
		return filing.Outcome{Kind: filing.OutcomeRetry, ErrorKey: "channel.no_answer"}
	}
	e.got, e.data = append(e.got, p.ReceiptNumber[:2]+p.Evidence.FileName), append(e.data, string(data))
	if len(e.answers) > 0 {
		out := e.answers[0]
		e.answers = e.answers[1:]
		return out
	}
	return filing.Outcome{Kind: filing.OutcomeSent, HTTPStatus: 201}
}

type takers struct {
	*endpoints
	takes *taking
}

func (e *takers) Open(context.Context, domain.Channel, string) (filing.Endpoint, error) {
	return e.takes, e.err
}

func newCabinet(t *testing.T) *cabinet {
	t.Helper()
	d := newDesk(t)
	c := &cabinet{desk: d, dir: t.TempDir(), takes: &taking{fake: d.ends.fake}}
	c.vault = filepath.Join(c.dir, "vault")
	v := evidence.New(evidence.Params{Dir: c.vault})
	ends := &takers{endpoints: d.ends, takes: c.takes}
	d.file, d.outbox = d.with(ends, v)
	d.channel("wire")
	return c
}

// take puts a file with this text into the vault, as a form that is gone did: nobody
// holds it.
func (c *cabinet) take(name, text string) domain.Evidence {
	c.t.Helper()
	before := filing.New(filing.Params{Vault: evidence.New(evidence.Params{Dir: c.vault})})
	taken, err := before.TakeEvidence(c.t.Context(), c.write(name, text))
	if err != nil {
		c.t.Fatal(err)
	}
	return taken.Evidence
}

func (c *cabinet) write(name, text string) string {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

func (c *cabinet) input(files ...domain.Evidence) filing.ComplaintInput {
	return filing.ComplaintInput{
		Number: "95013000", At: testkit.Epoch().Add(-time.Minute), Category: domain.CategoryLoan, Language: "zh-Hans", Evidence: files,
	}
}

func (c *cabinet) new(in filing.ComplaintInput) domain.Complaint {
	c.t.Helper()
	k, err := c.file.New(c.t.Context(), in)
	if err != nil {
		c.t.Fatal(err)
	}
	return k
}

func (c *cabinet) path(e domain.Evidence) string {
	return filepath.Join(c.vault, e.SHA256[:2], e.SHA256)
}

func (c *cabinet) there(e domain.Evidence) bool {
	_, err := os.Stat(c.path(e))
	return err == nil
}

func (c *cabinet) states(id domain.ComplaintID) string {
	out := ""
	for _, e := range c.show(id).Evidence {
		out += e.FileName + " " + string(e.State) + " " + e.ErrorKey + ";"
	}
	return out
}

func want(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}
