"""Metrics of the sender."""

from prometheus_client import Counter, Histogram

STEPS = Counter(
    "casomb_doj_steps_total",
    "Steps of submissions and notices, by kind of step and outcome.",
    ["step", "outcome"],
)
UNPROMISED = Counter(
    "casomb_doj_unpromised_answers_total",
    "Answers that DOJ's interface does not define, such as proxy pages and implausible receipts.",
    ["step", "reason"],
)
QUEUED_SECONDS = Histogram(
    "casomb_doj_queued_to_sent_seconds",
    "Seconds from queueing or releasing a score to DOJ's acceptance.",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600, 86400),
)
