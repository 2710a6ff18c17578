"""The clerk's metrics: names start with `casomb_`, labels are services and kinds of notice."""

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import Counter, Gauge

NOTICES = Counter("casomb_clerk_notices", "Notices given, by kind.", ["service", "kind"])
BEHIND = Gauge(
    "casomb_clerk_behind_seconds",
    "Seconds for which the oldest due notice has been waiting; 0 if none is waiting.",
    ["service"],
)
WITHOUT_LAW = Counter(
    "casomb_clerk_duties_without_law",
    "Duties checked whose law is not stored, so that no notice can be sent.",
    ["service"],
)
LAST_SWEEP = Gauge(
    "casomb_clerk_last_sweep_timestamp_seconds",
    "Unix time of the last committed sweep, by the machine's clock.",
    ["service"],
)
IS_LEADER = Gauge(
    "casomb_clerk_is_leader", "1 if this process holds the clerk's lease, otherwise 0.", ["service"]
)


def tell(
    service: str, told: Mapping[str, int], waiting_since: datetime | None, now: datetime
) -> None:
    """Count a batch and report how far behind the clerk is."""
    for kind, count in told.items():
        NOTICES.labels(service, kind).inc(count)
    is_behind = waiting_since is not None and waiting_since < now
    behind = (now - waiting_since).total_seconds() if waiting_since and is_behind else 0.0
    BEHIND.labels(service).set(behind)
    LAST_SWEEP.labels(service).set_to_current_time()
