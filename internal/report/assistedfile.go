package report

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
)

// The endings of the files of a form.
const (
	endingText = ".txt"
	endingMail = ".eml"
	endingPDF  = ".pdf"
)

// Text is the form as plain text. No line of a field is broken, so that what is
// copied from here is what is meant.
func (f AssistedForm) Text() string {
	var b strings.Builder
	b.WriteString(f.Title + "\n" + f.Subtitle + "\n")
	if f.Urgent != "" {
		b.WriteString("\n" + f.Urgent + "\n")
	}
	for i, field := range f.Fields {
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + field.Heading() + "\n" + f.filled(field, f.missing) + "\n")
		if field.Hint != "" {
			b.WriteString("* " + field.Hint + "\n")
		}
	}
	b.WriteString("\n" + f.receiptLine() + "\n\n")
	for _, note := range f.Notes {
		b.WriteString("- " + note + "\n")
	}
	return b.String()
}

// filled is what goes into the field, or what stands there for nothing.
func (f AssistedForm) filled(field AssistedField, empty string) string {
	if field.Text == "" {
		return empty
	}
	return field.Text
}

// receiptLine holds the receipt number, or the place for it.
func (f AssistedForm) receiptLine() string {
	if f.receiptNumber == "" {
		return f.receipt + " " + blank
	}
	return f.receipt + " " + oneLine(f.receiptNumber)
}

// blank is a place to write on.
const blank = "________________"

// Document is the form to be printed, with room for what is filled in by hand.
func (f AssistedForm) Document() Document {
	d := Document{Language: f.Language, Title: f.Title, Subtitle: f.Subtitle}
	// The description is the last field; in a table its lines would run together.
	last := len(f.Fields) - 1
	grid := &Grid{Head: f.head, Weights: []float64{2, 3}}
	for i, field := range f.Fields[:last] {
		grid.Rows = append(grid.Rows, []string{f.numbered(i), f.filled(field, blank)})
	}
	if f.Urgent != "" {
		d.Parts = []Part{{Paragraphs: []string{f.Urgent}}}
	}
	d.Parts = append(d.Parts, []Part{{Table: grid}, {
		Heading: f.numbered(last), Paragraphs: strings.Split(f.filled(f.Fields[last], blank), "\n"),
	}, {Paragraphs: []string{f.receiptLine()}}, {List: f.hints()}, {List: f.Notes}}...)
	return d
}

func (f AssistedForm) numbered(i int) string { return strconv.Itoa(i+1) + ". " + f.Fields[i].Heading() }

// hints are the hints of the fields, each behind the number of its field.
func (f AssistedForm) hints() []string {
	var list []string
	for i, field := range f.Fields {
		if field.Hint != "" {
			list = append(list, strconv.Itoa(i+1)+". "+field.Hint)
		}
	}
	return list
}

// WriteMail writes the form as an e-mail that is not sent yet, to nobody: mail
// programs open it as a draft. It files nothing, and its text says so.
func (f AssistedForm) WriteMail(w io.Writer, at time.Time) error {
	var b bytes.Buffer
	line := func(s string) { b.WriteString(s + "\r\n") }
	line("Date: " + at.In(domain.China()).Format(time.RFC1123Z))
	line("Subject: " + mime.BEncoding.Encode("utf-8", oneLine(f.Title+" "+f.number)))
	line("X-Unsent: 1")
	line("MIME-Version: 1.0")
	line(`Content-Type: text/plain; charset="utf-8"`)
	line("Content-Transfer-Encoding: base64")
	line("")
	const width = 76 // RFC 2045, section 6.8
	text := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(f.Text(), "\n", "\r\n")))
	for len(text) > width {
		line(text[:width])
		text = text[width:]
	}
	line(text)
	_, err := w.Write(b.Bytes())
	return err
}

// CreateMail writes the e-mail to the file, which is 0600 and appears when it is
// whole. It fails like CreatePDF, with "report.mail_ending" for another ending
// than .eml.
func CreateMail(path string, replace bool, f AssistedForm, at time.Time) error {
	const op = "report.CreateMail"
	if !strings.EqualFold(filepath.Ext(path), endingMail) {
		return domain.E(op, domain.Invalid, "report.mail_ending", domain.Args{"File": path}, nil)
	}
	return whole(op, path, replace, func(w io.Writer) error { return f.WriteMail(w, at) })
}

// WriteAssisted writes the form into the folder, as text, e-mail and PDF of that
// name, each 0600, and gives their paths. A folder that is not there is made.
// It writes all three or, where one is there already that is not to be replaced
// or the disk takes no more, leaves nothing new behind. It fails with Conflict
// "report.exists" and Unavailable "report.failed" (Args: File).
func WriteAssisted(dir, name string, replace bool, f AssistedForm, p PDFParams) (paths []string, err error) {
	const op = "report.WriteAssisted"
	var mail, pdf bytes.Buffer
	if err := f.WriteMail(&mail, p.At); err != nil {
		return nil, failed(op, dir, err)
	}
	if err := WritePDF(&pdf, f.Document(), p); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, failed(op, dir, err)
	}
	files := []struct {
		ending string
		data   []byte
	}{{endingText, []byte(f.Text())}, {endingMail, mail.Bytes()}, {endingPDF, pdf.Bytes()}}
	fresh := make([]bool, len(files))
	for i, file := range files {
		path := filepath.Join(dir, name+file.ending)
		_, serr := os.Lstat(path)
		if fresh[i] = serr != nil; !fresh[i] && !replace {
			return nil, exists(op, path)
		}
		paths = append(paths, path)
	}
	for i, file := range files {
		err := whole(op, paths[i], replace, func(w io.Writer) error {
			_, err := w.Write(file.data)
			return err
		})
		if err == nil {
			continue
		}
		for k, path := range paths[:i] {
			if fresh[k] {
				_ = os.Remove(path)
			}
		}
		return nil, err
	}
	return paths, nil
}
