"""Operator commands of this service."""
