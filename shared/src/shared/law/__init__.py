"""Rulebooks, calendars, deadlines with their explanations, and the ledger of duties."""
