// Package l10n turns message keys into sentences in the language of the
// moment, and errors into a sentence with a next step.
package l10n

import (
	"encoding/json"
	"io/fs"
	"strings"
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"quietline/internal/domain"
)

// Language is a language the program speaks.
type Language string

// The languages, by BCP 47 tag as cli.md names them.
const (
	Chinese Language = "zh-Hans"
	English Language = "en"
)

// Languages lists every language the program speaks.
func Languages() []Language { return []Language{Chinese, English} }

// Args fill the placeholders of a message.
type Args = map[string]any

// Printer gives messages in one language at a time. The language can be
// changed at any moment; a Printer is safe for concurrent use.
type Printer struct {
	bundle *i18n.Bundle
	now    atomic.Pointer[spoken]
}

type spoken struct {
	language  Language
	localizer *i18n.Localizer
}

// New reads the catalogues: one file LANGUAGE.json for each language. It fails
// where one is missing or not valid JSON.
func New(files fs.FS, lang Language) (*Printer, error) {
	const op = "l10n.New"
	b := i18n.NewBundle(language.MustParse(string(Chinese)))
	b.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, l := range Languages() {
		name := string(l) + ".json"
		data, err := fs.ReadFile(files, name)
		if err == nil {
			_, err = b.ParseMessageFileBytes(data, name)
		}
		if err != nil {
			return nil, domain.E(op, domain.Internal, "internal", nil, err)
		}
	}
	p := &Printer{bundle: b}
	p.SetLanguage(lang)
	return p, nil
}

// SetLanguage changes the language; an unknown one becomes Chinese.
func (p *Printer) SetLanguage(l Language) {
	if l != English {
		l = Chinese
	}
	p.now.Store(&spoken{language: l, localizer: i18n.NewLocalizer(p.bundle, string(l))})
}

// In gives a printer of the same catalogues that speaks that language, whatever
// this one speaks: for words that go to a reader of their own.
func (p *Printer) In(l Language) *Printer {
	q := &Printer{bundle: p.bundle}
	q.SetLanguage(l)
	return q
}

// Language is the language of the moment.
func (p *Printer) Language() Language { return p.now.Load().language }

// T gives the message of the key. At most one Args is used. A key that is
// missing comes back as it is; a test makes sure that none is.
func (p *Printer) T(key string, args ...Args) string {
	cfg := &i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		cfg.TemplateData = args[0]
	}
	s, err := p.now.Load().localizer.Localize(cfg)
	return finish(key, s, err)
}

// finish gives the key where there is no message. A stored error key is shown
// without the arguments it once had; what is missing then becomes an ellipsis.
func finish(key, s string, err error) string {
	if s == "" && err != nil {
		return key
	}
	return strings.ReplaceAll(s, "<no value>", "…")
}

// Number writes a number as people read it in the language of the moment: by
// thousands.
func (p *Printer) Number(n int64) string {
	return message.NewPrinter(language.MustParse(string(p.Language()))).Sprint(number.Decimal(n))
}

// N gives the message of the key in the plural form for n, with n as
// {{.Count}}, written as Number does.
func (p *Printer) N(key string, n int, args ...Args) string {
	data := Args{"Count": p.Number(int64(n))}
	if len(args) > 0 {
		for k, v := range args[0] {
			data[k] = v
		}
	}
	s, err := p.now.Load().localizer.Localize(&i18n.LocalizeConfig{
		MessageID: key, PluralCount: n, TemplateData: data,
	})
	return finish(key, s, err)
}

// Has says whether the language of the moment has the key.
func (p *Printer) Has(key string) bool {
	_, tag, err := p.now.Load().localizer.LocalizeWithTag(&i18n.LocalizeConfig{MessageID: key, PluralCount: 2})
	return err == nil && tag.String() == string(p.Language())
}
