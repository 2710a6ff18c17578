"""Computes deadlines from facts: rules, calendars, due dates and explanations. Pure functions."""
