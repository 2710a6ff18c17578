"""Operator commands that only this service has."""
