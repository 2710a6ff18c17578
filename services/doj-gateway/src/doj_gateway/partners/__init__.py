"""The gateway's only outbound HTTP."""
