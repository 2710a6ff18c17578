"""Duties and their explanations over HTTP."""
