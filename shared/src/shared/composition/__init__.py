"""Assembles a service: its API, the loops of its worker, its name."""
