"""Systems outside this service: the store of document contents."""
