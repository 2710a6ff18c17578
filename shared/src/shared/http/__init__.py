"""What every API does the same way: problems, keys, tags, pages, correlation, limits."""
