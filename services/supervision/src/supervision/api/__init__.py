"""Routes: authenticate, authorize, parse, call one use case, shape the answer."""
