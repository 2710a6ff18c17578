"""Carries events from the transaction that publishes them to the consumers that act on them."""
