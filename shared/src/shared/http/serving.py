"""The protocol of every API: uvicorn's HTTP with limits on request heads and slow senders."""

from shared.http.header_limits import BoundedHeadProtocol
from shared.process.patience import PatientProtocol


class ApiProtocol(BoundedHeadProtocol, PatientProtocol):
    """Limits the request head, and stops waiting for a client that sends too slowly."""
