package kit

// documentFolders are the usual names of the folder for documents.
func documentFolders() []string { return []string{"Documents", "文档"} }
