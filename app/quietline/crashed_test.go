package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"testing"

	"quietline/internal/diagnosis"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Who comes back after a fault is told in plain words, once, and can save what a
// helper needs, or delete the report.
func TestAfterACrash(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		d := newDesk(t, o, "")
		d.shell.Apply(settings.All{Language: o.Language, TextSize: o.TextSize, Theme: o.Theme})
		then := 0
		d.tellCrashed("", func() { then++ })
		if d.Shows("app.crashed") || then != 1 {
			t.Fatalf("told of nothing: %q", d.Texts())
		}
		report := filepath.Join(t.TempDir(), diagnosis.LastCrashFile)
		if err := os.WriteFile(report, []byte("panic"), 0o600); err != nil {
			t.Fatal(err)
		}
		d.tellCrashed(report, func() { then++ })
		d.Layout()
		if !d.Shows("app.crashed") || then != 1 {
			t.Fatalf("not told: %q", d.Texts())
		}
		d.Check()
		d.Draw("app-crashed")
		d.dialogGolden("crashed")
		d.Press("app.crashed.delete")
		if _, err := os.Stat(report); err == nil || then != 2 || d.Shows("app.crashed") {
			t.Fatalf("%v, %q", err, d.Texts())
		}
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSaveTheDiagnostics(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	d := newDesk(t, uitest.Options{Language: l10n.English, TextSize: settings.TextNormal}, "")
	d.shell.Go(kit.Route{Page: kit.PageSettings})
	d.Layout()
	d.Press("prefs.bundle")
	d.Layout()
	d.Press("kit.save.do")
	d.Layout()
	found, err := filepath.Glob(filepath.Join(home, "*.zip"))
	if more, merr := filepath.Glob(filepath.Join(home, "*", "*.zip")); err == nil {
		found, err = append(found, more...), merr
	}
	if err != nil || len(found) != 1 {
		t.Fatalf("%q, %v; %q", found, err, d.Texts())
	}
	z, err := zip.OpenReader(found[0])
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) < 2 || !d.Reads("The diagnostics are in "+filepath.Base(found[0])+". Look through them before you pass them on.") {
		t.Fatalf("%d files, %q", len(z.File), d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}
