"""The AsyncAPI document of a service: its topic, its events and their headers."""
