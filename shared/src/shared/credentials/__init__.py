"""When certifications, scorer credentials and standings hold, by what certification announced."""
