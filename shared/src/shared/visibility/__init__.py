"""Which rows somebody may see: as SQL conditions, for lists and single reads alike."""
