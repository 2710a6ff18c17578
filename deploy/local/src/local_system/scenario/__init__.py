"""The demo: every step from application to DOJ, played through the public APIs."""
