"""HTTP behavior that all services share: problems, idempotency keys, ETags, paging, limits."""
