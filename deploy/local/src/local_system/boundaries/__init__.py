"""`make seed-boundaries`: real cases a minute before and after each deadline."""
