"""Settings, logs, metrics, health and the process runner."""
