"""One file per use case; the list of files is the list of what the service can do."""
