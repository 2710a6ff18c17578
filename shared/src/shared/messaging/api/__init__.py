"""The event log over HTTP: events, readers, entitlements, the catalog, the desk."""
