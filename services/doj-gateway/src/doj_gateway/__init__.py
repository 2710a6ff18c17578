"""Submits risk scores to the Department of Justice and handles its answers."""
