"""Kafka: the only package that uses the client library; every wait has a timeout."""
