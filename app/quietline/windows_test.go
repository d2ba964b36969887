package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/settings"
	"quietline/internal/ui/keeping"
	"quietline/internal/ui/uitest"
)

// TestFaultFits shows the window of a program that cannot open its workspace.
func TestFaultFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h := uitest.New(t, o)
		w := &window{app: h.App, win: h.Window}
		w.showFault(h.Env.Printer, slog.New(slog.DiscardHandler),
			domain.E("t", domain.Conflict, "workspace.in_use", domain.Args{"Path": "/home/lin/.local/share/quietline"}, nil))
		h.Check()
		h.Draw("app-fault")
		h.Golden("fault")
	})
}

// TestHandOverFits shows the window while the workspace is put down.
func TestHandOverFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h := uitest.New(t, o)
		p, dp := deskParams(t, h, filepath.Join(t.TempDir(), "data"))
		host := newHost(t.Context(), p, dp)
		if err := host.open(nil); err != nil {
			t.Fatal(err)
		}
		for name, title := range map[string]string{"handover": "keeping.erase.running", "handover_restore": "keeping.restore.running"} {
			host.desk.shell.Apply(settings.All{Language: o.Language, TextSize: o.TextSize, Theme: o.Theme})
			worked := false
			host.handOver(handedOver{h.Env.T(title), func(context.Context, *progress.Counter) keeping.Outcome {
				worked = true
				h.Check()
				h.Draw("app-" + name)
				h.Golden(name)
				return keeping.Outcome{Erased: &custody.Toll{}, Everything: true}
			}})
			if !worked {
				t.Errorf("%s: nothing was done meanwhile", name)
			}
		}
		if err := host.end(); err != nil {
			t.Error(err)
		}
	})
}
