"""Who somebody is, however it was typed: one fold of names, one canonical form per number."""
