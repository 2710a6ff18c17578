"""Commands of an operator of this service."""
