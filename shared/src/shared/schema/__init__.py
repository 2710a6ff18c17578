"""The tables of every service: all of them gathered, migrated, and checked at start."""
