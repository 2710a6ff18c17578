"""The event log over HTTP: events, readers, entitlements, the event catalog, parked messages."""
