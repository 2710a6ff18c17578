"""What the document store counts. It is no check of readiness, on purpose.

The register, the queue and decisions do without documents' bytes: a store that is away must not
take them out of service. So it is told here, for whoever is called, and by 503 to whoever asked
for bytes.
"""

from prometheus_client import Counter

FAILURES = Counter(
    "casomb_document_store_failures",
    "Calls of the document store that failed, by operation; `damaged` is bytes that changed there.",
    ["operation"],
)
