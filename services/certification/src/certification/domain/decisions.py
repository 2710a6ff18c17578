"""The Board's decision on a complete application (Penal Code 9003, 290.09)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import Application, Level, LiveScan, moved
from shared.clock import california_date
from shared.errors import ConflictError, Fault, InvalidInputError


class Outcome(StrEnum):
    """Outcome of the Board's decision on an application."""

    GRANTED = "granted"
    GRANTED_WITH_CONDITIONS = "granted-with-conditions"
    DENIED = "denied"


@dataclass(frozen=True)
class Verdict:
    """The decision a reviewer proposes; `effective_on` of None means the day of the decision."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    effective_on: date | None = None
    level: Level | None = None
    """A lower level than the one applied for; None to grant that one."""
    public_conditions: tuple[str, ...] = ()

    @property
    def is_grant(self) -> bool:
        """Whether the outcome grants a certification."""
        return self.outcome is not Outcome.DENIED


@dataclass(frozen=True)
class Decision:
    """A recorded decision, with its reasons and the facts it was based on."""

    id: UUID
    application_id: UUID
    outcome: Outcome
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    decided_on: date
    decided_at: datetime
    decided_by: str
    inputs: Mapping[str, object]
    level: Level | None = None
    """The level granted, or applied for and denied; None for a program."""
    public_conditions: tuple[str, ...] = ()
    """The conditions that everybody may see."""


def decide(application: Application, verdict: Verdict, at: datetime) -> Application:
    """Decide an application; ConflictError if not complete, InvalidInputError for bad input."""
    decided = moved(application, Move.DECIDE)
    decided_on = california_date(at)
    if verdict.is_grant and application.live_scan is LiveScan.HOLD:
        raise ConflictError(
            "nothing can be granted while the fingerprint check is on hold", code="live-scan-hold"
        )
    if faults := [*_faults(verdict, decided_on), *_level_faults(application, verdict)]:
        raise InvalidInputError(
            f"the fields do not fit the outcome `{verdict.outcome}`",
            code="verdict-at-odds",
            faults=faults,
        )
    return replace(decided, decided_on=decided_on)


def _faults(verdict: Verdict, decided_on: date) -> list[Fault]:
    is_conditional = verdict.outcome is Outcome.GRANTED_WITH_CONDITIONS
    conditions = (*verdict.conditions, *verdict.public_conditions)
    faults = []
    if not verdict.is_grant and not verdict.reasons:
        faults.append(Fault("reasons", "must contain at least one reason for a denial"))
    if is_conditional and not conditions:
        faults.append(Fault("conditions", "must contain at least one condition for this outcome"))
    if not is_conditional and conditions:
        faults.append(Fault("conditions", f"must be omitted for the outcome {verdict.outcome}"))
    if verdict.effective_on is not None and not verdict.is_grant:
        faults.append(Fault("effective_on", "must be omitted for a denial"))
    if verdict.effective_on is not None and verdict.effective_on < decided_on:
        faults.append(Fault("effective_on", "must not be before the day of the decision"))
    return faults


def _level_faults(application: Application, verdict: Verdict) -> list[Fault]:
    if verdict.level is None:
        return []
    if application.level is None:
        return [Fault("level", "must be omitted for a program")]
    if verdict.level.is_above(application.level):
        return [Fault("level", f"must not be above {application.level}, the level applied for")]
    return []
