"""Consumes other services' events, each once and in order; failed ones are parked and retried."""
