"""Scores on their way to the Department of Justice, and what comes back."""
