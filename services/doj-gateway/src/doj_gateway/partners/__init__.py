"""All outbound HTTP calls of the gateway."""
