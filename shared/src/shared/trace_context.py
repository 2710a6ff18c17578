"""W3C trace context: the `traceparent` header, which names the trace of a request."""

import re

_TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_INVALID_VERSION = "ff"


def read_traceparent(text: str | None) -> str | None:
    """Return a valid `traceparent`; None for any other text, whose trace is then lost.

    Trace and parent must not be all zeros, and version ff is not valid. What another version adds
    after the four parts is refused, because nobody here can check it.
    """
    found = _TRACEPARENT.fullmatch(text or "")
    if found is None or found[1] == _INVALID_VERSION:
        return None
    return text if found[2].strip("0") and found[3].strip("0") else None
