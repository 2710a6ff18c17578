"""When certifications, scorer credentials and standings are valid, from certification's events."""
