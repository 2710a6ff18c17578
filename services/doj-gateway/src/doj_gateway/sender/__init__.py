"""The process that sends scores to DOJ and acknowledges DOJ's notices."""
