"""The files of the law: read with their lines, laid over one another, refused with a reason."""
