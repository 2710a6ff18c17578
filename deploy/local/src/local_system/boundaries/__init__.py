"""`make seed-boundaries`: real cases a minute either side of each boundary of time."""
