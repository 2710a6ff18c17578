"""Kafka: the only package that speaks to the client library, every wait bounded."""
