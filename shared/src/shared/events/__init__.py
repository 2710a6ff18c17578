"""The event types that the services publish: one module per service."""
