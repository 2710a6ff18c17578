"""An extract of the register for one day, to be signed and shown to others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from certification.domain.register import RegisterEntry, RegisterStep

ISSUER = "urn:casomb:certification:register"
KIND = "casomb-register-extract+jwt"
"""The `typ` of an extract, so that no other signed statement can pass for one."""

Said = dict[str, object]


@dataclass(frozen=True)
class Extract:
    """The content of an extract: one number, or every program found for a county."""

    as_of: date
    issued_at: datetime
    entries: Sequence[RegisterEntry]
    county: str | None = None
    """FIPS code; None for an extract of one number."""


def claims_of(extract: Extract) -> Said:
    """Return the content of an extract as plain values."""
    county = {"county": extract.county} if extract.county else {}
    return {
        "iss": ISSUER,
        "iat": int(extract.issued_at.timestamp()),
        "as_of": extract.as_of.isoformat(),
        "entries": [_said(entry) for entry in extract.entries],
        **county,
    }


def _said(entry: RegisterEntry) -> Said:
    return {
        "kind": entry.kind.value,
        "number": entry.number,
        "name": entry.name,
        "level": entry.level.value if entry.level else None,
        "status": entry.status.value,
        "since": _day(entry.since),
        "certified_since": _day(entry.certified_since),
        "effective_until": _day(entry.effective_until),
        "next_change": _next(entry.next_change),
        "conditions": list(entry.conditions),
    }


def _next(step: RegisterStep | None) -> Said | None:
    if step is None:
        return None
    level = step.level.value if step.level else None
    return {"status": step.status.value, "level": level, "effective_on": _day(step.effective_from)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
