package report

import "io"

// CreateFile writes a file that is neither table nor document: mode 0600, there
// only when it is whole. It fails with Conflict "report.exists" (Args: File) where
// there is one that is not to be replaced, and with Unavailable "report.failed".
func CreateFile(path string, replace bool, write func(io.Writer) error) error {
	return whole("report.CreateFile", path, replace, write)
}
