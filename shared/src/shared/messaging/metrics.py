"""What the loops count: names start with `casomb_`, labels are services, types and states."""

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
    "Age of the oldest event in the log that Kafka has not acknowledged; 0 where there is none.",
    ["service"],
)
OLDEST_TRANSACTION = Gauge(
    "casomb_database_oldest_transaction_seconds",
    "Age of the oldest open transaction in the service's database, as its own role sees it.",
    ["service"],
)
SEQUENCED = Counter("casomb_log_sequenced_events", "Events given their sequence.", ["service"])
PUBLISHED = Counter(
    "casomb_log_published_events", "Events acknowledged by Kafka, repeats included.", ["service"]
)
IS_LEADER = Gauge("casomb_publisher_is_leader", "1 while this process publishes.", ["service"])
IS_REFUSED = Gauge(
    "casomb_publisher_is_refused", "1 while Kafka and the log do not agree.", ["service"]
)
WITHHELD = Gauge(
    "casomb_log_withheld_records",
    "Events that the broker refused for their own sake: on the feed and not on the topic.",
    ["service"],
)
FOREIGN = Gauge(
    "casomb_log_foreign_records",
    "Records that no log wrote, found at the end of the topic when its publisher connected.",
    ["service"],
)
CONSUMED = Counter(
    "casomb_consumed_messages", "Messages by what became of them.", ["service", "type", "result"]
)
BROKEN_CHAINS = Counter(
    "casomb_consumer_broken_chains",
    "Gaps and new epochs met in a partition; the feed mends them.",
    ["service", "topic"],
)
STOPPED = Gauge(
    "casomb_consumer_stopped_partitions",
    "Partitions that wait for their producer's feed or for an operator.",
    ["service"],
)
CONTRADICTED = Gauge(
    "casomb_consumer_contradicted_partitions",
    "Partitions in which something was applied that the producer's log does not have.",
    ["service"],
)
LAG = Gauge("casomb_consumer_lag_records", "Records not yet consumed.", ["service", "topic"])
PARKED = Gauge("casomb_parked_messages", "Messages set aside, by state.", ["service", "state"])
PARKED_OLDEST = Gauge(
    "casomb_parked_oldest_seconds",
    "Age of the message longest set aside, by state; 0 where there is none.",
    ["service", "state"],
)
RETRIED = Counter(
    "casomb_parked_retries", "Attempts at messages set aside, by result.", ["service", "result"]
)
