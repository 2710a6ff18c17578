"""Certification of providers and programs, scorer credentials and examiners' standing."""
