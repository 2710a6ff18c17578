"""Reads the files of the law: editions and calendars, in layers, refused with file and line."""
