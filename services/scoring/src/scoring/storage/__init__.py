"""Tables and the queries on them, one module per noun."""
