package report

import (
	"strconv"

	"quietline/internal/l10n"
)

// Rejects is a table of the rows that imports could not read, written as they
// come: of which file, on which line, why, and what stands there. End it with
// Commit or Discard. It is for one goroutine.
type Rejects struct {
	words
	file *File
}

// CreateRejects begins such a table, in the language of the moment; it fails
// like Create or, without replace, like CreateNew.
func CreateRejects(path string, replace bool, p *l10n.Printer) (*Rejects, error) {
	r := &Rejects{words: newWords(p)}
	create := CreateNew
	if replace {
		create = Create
	}
	f, err := create(path, []string{
		r.say("reject_table.file"), r.say("reject_table.line"), r.say("reject_table.reason"), r.say("reject_table.text"),
	})
	if err != nil {
		return nil, err
	}
	r.file = f
	return r, nil
}

// Write adds a row; reason is the key of a message. It fails like File.Write.
func (r *Rejects) Write(file string, line int, reason, text string) error {
	return r.file.Write([]string{file, strconv.Itoa(line), r.say(reason), text})
}

// Rows is the number of rows written so far.
func (r *Rejects) Rows() int { return r.file.Rows() }

// Commit finishes the table and puts it in its place, like File.Commit.
func (r *Rejects) Commit() error { return r.file.Commit() }

// Discard throws away what was written. After Commit it does nothing, so it can
// be deferred.
func (r *Rejects) Discard() { r.file.Discard() }
