"""A change of the law, tried on every open duty first and then applied."""
