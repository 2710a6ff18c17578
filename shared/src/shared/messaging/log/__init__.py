"""The service's own log: from the outbox to numbered events, and who reads them how far."""
