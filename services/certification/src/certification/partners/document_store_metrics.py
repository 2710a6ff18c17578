"""Metrics of the document store.

The store is deliberately no readiness check: the register, the queue and decisions work without
document contents, so an unavailable store must not take them out of service. Failures are counted
here, and requests for content get 503.
"""

from enum import StrEnum

from prometheus_client import Counter

SERVICE = "certification"


class StoreFailure(StrEnum):
    """The store operation that failed."""

    PUT = "put"
    OPEN = "open"
    READ = "read"
    DAMAGED = "damaged"


FAILURES = Counter(
    "casomb_document_store_failures",
    "Calls of the document store that failed, by operation; `damaged` is content that was altered.",
    ["service", "operation"],
)
for each in StoreFailure:
    FAILURES.labels(SERVICE, each)  # from 0 on: a first failure has to show as an increase


def tell(failure: StoreFailure) -> None:
    """Count one failure."""
    FAILURES.labels(SERVICE, failure).inc()
