"""DOJ's forms as versioned mappings: which fact goes into which field."""
