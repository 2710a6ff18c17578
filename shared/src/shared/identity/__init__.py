"""Compares names and identity numbers regardless of how they were typed."""
