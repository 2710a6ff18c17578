"""Moves events from the outbox to the log and to Kafka; only the lease holder does."""
