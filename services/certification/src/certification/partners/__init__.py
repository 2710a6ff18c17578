"""Parties outside this service: where the bytes of documents are kept."""
