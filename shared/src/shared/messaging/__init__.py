"""Events from the transaction that states a fact to the consumer that acts on it."""
