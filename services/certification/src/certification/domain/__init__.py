"""Pure rules: each takes values and returns a decision with its reasons."""
