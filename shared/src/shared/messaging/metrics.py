"""The metrics of the loops: names start with `casomb_`, labels are services, types and states."""

from prometheus_client import Counter, Gauge

OUTBOX_WAITING = Gauge(
    "casomb_outbox_waiting_events", "Events committed and not yet sequenced.", ["service"]
)
OUTBOX_OLDEST = Gauge(
    "casomb_outbox_oldest_seconds", "Age of the oldest event not yet sequenced.", ["service"]
)
UNPUBLISHED = Gauge(
    "casomb_log_unpublished_events",
    "Events in the log that Kafka has not acknowledged.",
    ["service"],
)
OLDEST_UNPUBLISHED = Gauge(
    "casomb_log_oldest_unpublished_seconds",
    "Seconds since the oldest event in the log that Kafka has not acknowledged; 0 if there is"
    " none.",
    ["service"],
)
OLDEST_TRANSACTION = Gauge(
    "casomb_database_oldest_transaction_seconds",
    "Seconds since the oldest open transaction in the service's database began, as far as its"
    " role sees.",
    ["service"],
)
SEQUENCED = Counter("casomb_log_sequenced_events", "Events that received a sequence.", ["service"])
PUBLISHED = Counter(
    "casomb_log_published_events",
    "Events acknowledged by Kafka, including repeated ones.",
    ["service"],
)
IS_LEADER = Gauge(
    "casomb_publisher_is_leader", "1 if this process is the publisher, otherwise 0.", ["service"]
)
IS_REFUSED = Gauge(
    "casomb_publisher_is_refused",
    "1 if Kafka and the log contradict each other, otherwise 0.",
    ["service"],
)
WITHHELD = Gauge(
    "casomb_log_withheld_records",
    "Events that the broker refused: they are on the feed but not on the topic.",
    ["service"],
)
FOREIGN = Gauge(
    "casomb_log_foreign_records",
    "Foreign records (written by no log), found at the end of the topic at connection.",
    ["service"],
)
CONSUMED = Counter("casomb_consumed_messages", "Messages by result.", ["service", "type", "result"])
BROKEN_CHAINS = Counter(
    "casomb_consumer_broken_chains",
    "Gaps and new epochs found in a partition; they are repaired from the feed.",
    ["service", "topic"],
)
STOPPED = Gauge(
    "casomb_consumer_stopped_partitions",
    "Partitions stopped until their producer's feed or an operator helps.",
    ["service"],
)
CONTRADICTED = Gauge(
    "casomb_consumer_contradicted_partitions",
    "Partitions in which an event was applied that is not in the producer's log.",
    ["service"],
)
LAG = Gauge("casomb_consumer_lag_records", "Records not yet consumed.", ["service", "topic"])
PARKED = Gauge("casomb_parked_messages", "Parked messages, by state.", ["service", "state"])
PARKED_OLDEST = Gauge(
    "casomb_parked_oldest_seconds",
    "Seconds since the oldest parked message was parked, by state; 0 if there is none.",
    ["service", "state"],
)
RETRIED = Counter(
    "casomb_parked_retries", "Retries of parked messages, by result.", ["service", "result"]
)
