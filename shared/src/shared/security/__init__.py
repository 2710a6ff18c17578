"""Who is asking, what they may do, and how personal fields are kept."""
