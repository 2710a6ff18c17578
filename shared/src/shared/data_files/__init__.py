"""Data files in YAML, read so that a mistake is named with its file, line and reason."""
