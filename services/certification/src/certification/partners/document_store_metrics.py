"""What the document store counts. It is no check of readiness, on purpose.

The register, the queue and decisions do without documents' bytes: a store that is away must not
take them out of service. So it is told here, for whoever is called, and by 503 to whoever asked
for bytes.
"""

from enum import StrEnum

from prometheus_client import Counter

SERVICE = "certification"


class StoreFailure(StrEnum):
    """What of the store failed."""

    PUT = "put"
    OPEN = "open"
    READ = "read"
    DAMAGED = "damaged"


FAILURES = Counter(
    "casomb_document_store_failures",
    "Calls of the document store that failed, by operation; `damaged` is bytes that changed there.",
    ["service", "operation"],
)
for each in StoreFailure:
    FAILURES.labels(SERVICE, each)  # from 0 on: a first failure has to show as an increase


def tell(failure: StoreFailure) -> None:
    """Count one."""
    FAILURES.labels(SERVICE, failure).inc()
