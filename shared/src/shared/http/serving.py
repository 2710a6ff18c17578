"""The protocol that an API speaks: uvicorn's HTTP with a bound on heads and on slow senders."""

from shared.http.header_limits import BoundedHeadProtocol
from shared.process.patience import PatientProtocol


class ApiProtocol(BoundedHeadProtocol, PatientProtocol):
    """Reads no head without end, and waits for no sender for ever."""
