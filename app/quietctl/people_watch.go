package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/settings"
	"quietline/internal/workspace"
)

// folderJSON is a watched folder as the command line shows one.
type folderJSON struct {
	Person   string        `json:"person,omitempty"`
	Dir      string        `json:"dir"`
	Imported int64         `json:"imported"`
	Failed   int64         `json:"failed"`
	Foreign  int64         `json:"not_call_logs"`
	Problem  *errorJSON    `json:"problem"`
	Failures []failureJSON `json:"failures"`
	Removed  bool          `json:"removed,omitempty"`
}

// failureJSON is a file in a watched folder that could not be imported.
type failureJSON struct {
	File  string    `json:"file"`
	At    string    `json:"at"`
	Error errorJSON `json:"error"`
}

func (c *cli) peopleWatch() *cobra.Command {
	return &cobra.Command{
		Use: "watch NAME DIR", Short: c.T("cli.people.watch"), Args: between(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				f, err := w.Folders.Add(cmd.Context(), args[0], args[1])
				if err != nil {
					return err
				}
				return c.emitFolder(f, "cli.people.watched", false)
			})
		},
	}
}

func (c *cli) peopleUnwatch() *cobra.Command {
	return &cobra.Command{
		Use: "unwatch NAME DIR", Short: c.T("cli.people.unwatch"), Args: between(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := filepath.Abs(args[1])
			if err != nil {
				dir = args[1]
			}
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				f, err := w.Folders.Remove(cmd.Context(), args[0], dir)
				if err != nil {
					return err
				}
				return c.emitFolder(f, "cli.people.unwatched", true)
			})
		},
	}
}

func (c *cli) emitFolder(f folders.Folder, key string, removed bool) error {
	v := c.folderOut(f)
	v.Person, v.Removed = f.Person, removed
	return c.emit(v, func() string { return c.T(key, map[string]any{"Dir": plain(f.Dir), "Name": plain(f.Person)}) })
}

func (c *cli) folderOut(f folders.Folder) folderJSON {
	v := folderJSON{Dir: f.Dir, Imported: f.Imported, Failed: f.Failed, Foreign: f.Foreign, Failures: []failureJSON{}}
	if err := f.Trouble(); err != nil {
		e := toErrorJSON(c.Explain(err))
		v.Problem = &e
	}
	for _, x := range f.Failures {
		v.Failures = append(v.Failures, failureJSON{
			File: x.Path, At: c.timeOut(x.At), Error: toErrorJSON(c.Explain(x.Reason.Err())),
		})
	}
	return v
}

// folderLines are the folders of a person for people to read, below their row.
func (c *cli) folderLines(list []folderJSON) (text string) {
	for _, f := range list {
		text += "\n  " + c.T("cli.people.folder", map[string]any{
			"Dir": plain(f.Dir), "Imported": f.Imported, "Failed": f.Failed, "Foreign": f.Foreign,
		})
		if f.Problem != nil {
			text += "\n    " + plain(f.Problem.Message+" "+f.Problem.Hint)
		}
		for _, x := range f.Failures {
			text += "\n    " + plain(x.File) + "  " + plain(x.Error.Message+" "+x.Error.Hint)
		}
	}
	return text
}

func (c *cli) callsWatch() *cobra.Command {
	o := folders.RunOptions{Settle: folders.DefaultSettle}
	cmd := &cobra.Command{Use: "watch", Short: c.T("cli.calls.watch"), Args: between(0, 0)}
	f := cmd.Flags()
	f.BoolVar(&o.Once, "once", false, c.T("cli.calls.watch_once"))
	f.DurationVar(&o.Settle, "settle", o.Settle, c.T("cli.calls.watch_settle"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if o.Settle < 0 || o.Settle > time.Hour {
			return usage("cli.settle_range", nil)
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.watchFolders(cmd.Context(), w, o)
		})
	}
	return cmd
}

// tellPaused says that the window does not watch at the moment. What is asked for
// here is done all the same.
func (c *cli) tellPaused(ctx context.Context, w *workspace.Workspace) error {
	now, err := w.Settings.Load(ctx)
	if err == nil && now.Watch == settings.Off {
		c.say(c.T("cli.calls.watch_paused"))
	}
	return err
}

// watchFolders imports what comes into the watched folders. Who stops it gets
// exit code 0, or 3 where a file could not be imported: it has no other end.
func (c *cli) watchFolders(ctx context.Context, w *workspace.Workspace, o folders.RunOptions) error {
	list, err := w.Folders.List(ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 && o.Once {
		return nil
	}
	if err := c.tellPaused(ctx, w); err != nil {
		return err
	}
	switch {
	case o.Once:
	case len(list) == 0:
		c.say(c.T("cli.calls.watch_none"))
	default:
		c.say(c.N("cli.calls.watching", len(list), nil))
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var out error
	o.OnResult = func(r folders.Result) {
		c.partial = c.partial || r.Err != nil || r.Report.Rejected > 0
		if err := c.emitImport(filepath.Base(filepath.FromSlash(r.Path)), r.Report, r.Err); err != nil && out == nil {
			out = err // nobody reads any longer
			stop()
		}
	}
	o.OnTrouble = func(f folders.Folder) {
		if err := f.Trouble(); err != nil {
			c.partial = true
			x := c.Explain(err)
			c.say(plain(x.Message + " " + x.Hint))
		}
	}
	err = w.Folders.Run(ctx, o)
	if out != nil {
		return out
	}
	if ctx.Err() != nil && !o.Once {
		return nil
	}
	if ctx.Err() != nil {
		return domain.E("quietctl.watchFolders", domain.Cancelled, "cancelled", nil, err)
	}
	return err
}
