"""Tables and their queries, one module per noun."""
