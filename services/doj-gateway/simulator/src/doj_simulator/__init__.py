"""A Department of Justice to test against."""
