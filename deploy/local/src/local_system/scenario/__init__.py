"""The whole path played through the public APIs, as an agency's own system would."""
