"""From the outbox into the log and to Kafka, by the one holder of the lease."""
