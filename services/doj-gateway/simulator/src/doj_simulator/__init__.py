"""A simulated Department of Justice for tests and local runs."""
