package main

import (
	"flag"
	"io"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/platform"
)

// options are the flags.
type options struct {
	dataDir string
	lang    string
	demo    bool
	simple  bool
	// files are to be opened, as absolute paths.
	files []string
	// done says that the flags asked for nothing but words, which were given.
	done bool
}

// options reads the flags. The language is looked for first, because help and
// errors need one too.
func (p *program) options() (options, error) {
	var o options
	var version bool
	for i, a := range p.args {
		if (a == "--lang" || a == "-lang") && i+1 < len(p.args) {
			o.lang = p.args[i+1]
		}
	}
	known := o.lang == "" || slices.Contains(l10n.Languages(), l10n.Language(o.lang))
	start := o.lang
	if !known {
		start = ""
	}
	printer, err := newPrinter(p.language(start))
	if err != nil {
		return o, err
	}
	p.printer = printer
	f := flag.NewFlagSet("quietline", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.dataDir, "data-dir", "", "")
	f.StringVar(&o.lang, "lang", "", "")
	f.BoolVar(&o.demo, "demo", false, "")
	f.BoolVar(&o.simple, "simple", false, "")
	f.BoolVar(&version, "version", false, "")
	switch err := f.Parse(p.args); {
	case err == flag.ErrHelp: //nolint:errorlint // Parse returns it bare
		_, err := io.WriteString(p.out, printer.T("app.usage"))
		return options{done: true}, err
	case err != nil:
		return o, domain.E("quietline.options", domain.Invalid, "app.flag_unknown", nil, err)
	}
	if !slices.Contains([]string{"", string(l10n.Chinese), string(l10n.English)}, o.lang) {
		return o, domain.E("quietline.options", domain.Invalid, "app.flag_unknown", nil, nil)
	}
	printer.SetLanguage(p.language(o.lang))
	if version {
		_, err := io.WriteString(p.out, "quietline "+platform.Version()+"\n")
		return options{done: true}, err
	}
	o.files, err = pathsOf(f.Args())
	return o, err
}
