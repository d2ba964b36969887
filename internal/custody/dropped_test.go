package custody_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"quietline/internal/custody"
	"quietline/internal/domain"
)

// A file of evidence that a form gives up while the backup is being written is not
// missed: no complaint of the backup needs it.
func TestBackupWhileAFileIsDropped(t *testing.T) {
	dir := lived(t)
	dropped := filepath.Join(dir, custody.EvidenceFolder, "zz-dropped.txt")
	must(t, os.WriteFile(dropped, []byte("given up"), 0o600))
	file := filepath.Join(t.TempDir(), "backup")
	s := service(dir, anyRoom, func(p *custody.Params) { p.Tokens = droppingBox{box{dir}, dropped} })
	_, err := tryBackup(t, s, dir, custody.BackupRequest{File: file})
	must(t, err)
	to := filepath.Join(t.TempDir(), "elsewhere")
	must(t, os.Mkdir(to, 0o700))
	got, err := service(to).Restore(t.Context(), custody.RestoreRequest{File: file})
	must(t, err)
	if got.Files != 2 { // the database and the file that is needed
		t.Errorf("%d files", got.Files)
	}
}

// droppingBox drops a file when the backup is about to be written.
type droppingBox struct {
	box
	path string
}

func (b droppingBox) Have(ctx context.Context, space string, ids []domain.ChannelID) ([]domain.ChannelID, error) {
	_ = os.Remove(b.path)
	return b.box.Have(ctx, space, ids)
}
