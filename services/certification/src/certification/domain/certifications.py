"""A certification: its holder, its first day and its term (two years for most).

The public number belongs to the holder: a renewal or an upgrade is a new decision under the same
number.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from certification.domain.amendments import Told
from certification.domain.applications import Application, Kind, Level
from certification.domain.decisions import Decision
from certification.domain.terms import Term

PREFIXES = {Kind.PROGRAM: "PRG", Kind.PROVIDER: "PRV"}
_COUNTED = re.compile(r"[0-9]{6}")


@dataclass(frozen=True)
class Certification:
    """One certification; `effective_until` is the first day on which it is no longer valid.

    `continued_days` is the number of days by which it is extended past its term while the Board
    decides a renewal.
    """

    id: UUID
    application_id: UUID | None
    decision_id: UUID | None
    kind: Kind
    holder_id: UUID
    level: Level | None
    number: str
    effective_from: date
    effective_until: date
    conditions: tuple[str, ...] = ()
    """Conditions that are not public."""
    public_conditions: tuple[str, ...] = ()
    """Conditions that everybody sees in the register and the directory."""
    version: int = 1
    continued_days: int = 0

    @property
    def term_until(self) -> date:
        """The first day after the granted term."""
        return self.effective_until - timedelta(days=self.continued_days)


def conditions_told(certification: Certification) -> Told:
    """Return the conditions of a certification as an amendment stores them."""
    return {
        "conditions": list(certification.conditions),
        "public_conditions": list(certification.public_conditions),
    }


def certification_number(kind: Kind, counted: int) -> str:
    """Write the public number, for example `PRG-000001`."""
    return f"{PREFIXES[kind]}-{counted:06d}"


def counted_in(kind: Kind, number: str) -> int | None:
    """Return the count in a public number; None if the text is not such a number."""
    prefix, _, counted = number.partition("-")
    is_ours = prefix == PREFIXES[kind] and _COUNTED.fullmatch(counted) is not None
    return int(counted) or None if is_ours else None


def granted(
    certification_id: UUID,
    application: Application,
    decision: Decision,
    *,
    number: str,
    effective_from: date,
    term: Term,
) -> Certification:
    """Return the certification that a grant creates, at the granted level."""
    return Certification(
        id=certification_id,
        application_id=application.id,
        decision_id=decision.id,
        kind=application.kind,
        holder_id=application.holder_id,
        level=decision.level,
        number=number,
        effective_from=effective_from,
        effective_until=term.end_of(effective_from),
        conditions=decision.conditions,
        public_conditions=decision.public_conditions,
    )
