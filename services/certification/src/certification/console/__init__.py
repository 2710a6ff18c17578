"""Command-line commands that only this service has."""
