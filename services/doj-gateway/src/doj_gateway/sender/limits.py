"""How much the sender does at once, how long a claim lasts, how often it looks for work."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limits:
    """A claim lasts longer than every call made under it may take, all timeouts together."""

    at_once: int = 8
    claim: timedelta = timedelta(seconds=45)
    look_every_seconds: float = 0.05
    rest_after_failure_seconds: float = 1.0
    finish_seconds: float = 8.0
