"""Realistic sample data: certified programs and providers, and open applications."""
