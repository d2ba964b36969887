// Command quietline is the desktop program. It opens a workspace and a window
// on it; everything that it can do without a window, quietctl can do too.
package main

import (
	"os"

	"fyne.io/fyne/v2/lang"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

func main() { os.Exit(Main()) }

// Main runs the program with the process's arguments and gives its exit code:
// 0 ended by the user, 1 a fault, 2 wrong usage.
func Main() int {
	p := program{
		args: os.Args[1:], out: os.Stdout, err: os.Stderr, env: os.Getenv, tell: tellUser,
		locale: systemLocale(os.Getenv),
	}
	err := p.run()
	if err == nil {
		return 0
	}
	p.say(err)
	if domain.KeyOf(err) == "app.flag_unknown" {
		return 2
	}
	return 1
}

// systemLocale is the language of the system: what the environment names, as
// on Linux, else what the system itself says.
func systemLocale(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			return v
		}
	}
	return lang.SystemLocale().String()
}

// say writes an error as one sentence and the next step. On Windows, where a
// program with a window has no terminal, it shows them too.
func (p *program) say(err error) {
	if p.printer == nil {
		printer, perr := newPrinter(l10n.English)
		if perr != nil {
			return // the catalogues are part of the program; a test reads them
		}
		p.printer = printer
	}
	x := p.printer.Explain(err)
	text := x.Message + "\n" + x.Hint + "\n"
	_, _ = p.err.Write([]byte(text))
	if !p.told {
		p.tell(p.printer.T("app.name"), text)
	}
}
