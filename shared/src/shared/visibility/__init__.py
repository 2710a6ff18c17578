"""Which rows an actor may see: SQL conditions for lists and single reads."""
