"""The service's own log: from the outbox to numbered events, and its readers' positions."""
