"""Messages that were set aside, as operators see and decide them."""
