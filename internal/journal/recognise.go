package journal

import "context"

// Recognise says by which format Import would read the file. It reads its
// beginning only, and fails with what Importers.Open fails with.
func (s *Service) Recognise(ctx context.Context, path string) (format string, err error) {
	source, err := s.importers.Open(ctx, path, ImportOptions{Zone: s.zone, Now: s.clock.Now()})
	if err != nil {
		return "", err
	}
	return source.Format(), source.Close()
}
