"""Limits of the sender: parallel steps, duration of a claim, interval between checks."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limits:
    """A claim lasts longer than all calls made under it, including their timeouts."""

    at_once: int = 8
    claim: timedelta = timedelta(seconds=45)
    look_every_seconds: float = 0.05
    rest_after_failure_seconds: float = 1.0
    finish_seconds: float = 8.0
