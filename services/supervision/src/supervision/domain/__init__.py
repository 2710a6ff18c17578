"""Pure rules: they take facts and return a decision with its reasons."""
