"""The published language: one module per producing service."""
