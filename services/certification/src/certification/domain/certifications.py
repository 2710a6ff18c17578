"""A certification: who holds it, from which day, and until when (two years for most).

Its public number is its holder's: renewal and upgrade are new decisions under the same number.
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
    """One certification; `effective_until` is the first day on which it no longer holds.

    `continued_days` are those by which it goes on past its term while the Board decides a renewal.
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
    """Those that are not public."""
    public_conditions: tuple[str, ...] = ()
    """Those that anybody sees in the register and the directory."""
    version: int = 1
    continued_days: int = 0

    @property
    def term_until(self) -> date:
        """The first day after the term that was granted."""
        return self.effective_until - timedelta(days=self.continued_days)


def conditions_told(certification: Certification) -> Told:
    """Under which conditions it holds, as an amendment keeps them."""
    return {
        "conditions": list(certification.conditions),
        "public_conditions": list(certification.public_conditions),
    }


def certification_number(kind: Kind, counted: int) -> str:
    """Write the public number, for example `PRG-000001`."""
    return f"{PREFIXES[kind]}-{counted:06d}"


def counted_in(kind: Kind, number: str) -> int | None:
    """Which one it is by a public number; None for what is no number of ours."""
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
    """What a grant brings into being, at the level that was granted."""
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
