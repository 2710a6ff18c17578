"""Reads YAML data files and reports mistakes with file, line and reason."""
