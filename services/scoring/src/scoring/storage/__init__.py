"""Database tables and queries: one module for each kind of record."""
