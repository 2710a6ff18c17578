"""What the scenario needs of a running system: addresses, tokens, the broker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ScenarioSystem:
    """A running system as an agency sees it."""

    urls: Mapping[str, str]
    """Address of each service by name, and of the `simulator`."""
    token: Callable[..., str]
    """`token(role, sub=…, agency=…, unit=…, provider=…, program=…)` signs a token."""
    kafka: str
    """Bootstrap address of the broker."""
    simulator_key: str
    """The simulator's key, for the header `X-Intake-Key`."""
