"""What a service is composed of: its API, the loops of its worker, its name."""
