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
    """What the Board may decide."""

    GRANTED = "granted"
    GRANTED_WITH_CONDITIONS = "granted-with-conditions"
    DENIED = "denied"


@dataclass(frozen=True)
class Verdict:
    """What a reviewer proposes; `effective_on` of None means the day of the decision."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    effective_on: date | None = None
    level: Level | None = None
    """Another level than the one applied for."""
    public_conditions: tuple[str, ...] = ()

    @property
    def is_grant(self) -> bool:
        """Whether a certification comes of it."""
        return self.outcome is not Outcome.DENIED


@dataclass(frozen=True)
class Decision:
    """A decision as it is kept: with its reasons and what it rested on."""

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
    """What was granted, or asked for and denied; None for a program."""
    public_conditions: tuple[str, ...] = ()
    """Those of the conditions that anybody may see."""


def decide(application: Application, verdict: Verdict, at: datetime) -> Application:
    """Decide it; ConflictError unless it is complete, InvalidInputError for a verdict at odds."""
    decided = moved(application, Move.DECIDE)
    decided_on = california_date(at)
    if verdict.is_grant and application.live_scan is LiveScan.HOLD:
        raise ConflictError(
            "the fingerprint check is on hold: nothing can be granted", code="live-scan-hold"
        )
    if faults := [*_faults(verdict, decided_on), *_level_faults(application, verdict)]:
        raise InvalidInputError(
            f"a decision `{verdict.outcome}` cannot be made like this",
            code="verdict-at-odds",
            faults=faults,
        )
    return replace(decided, decided_on=decided_on)


def _faults(verdict: Verdict, decided_on: date) -> list[Fault]:
    is_conditional = verdict.outcome is Outcome.GRANTED_WITH_CONDITIONS
    conditions = (*verdict.conditions, *verdict.public_conditions)
    faults = []
    if not verdict.is_grant and not verdict.reasons:
        faults.append(Fault("reasons", "a denial needs at least one"))
    if is_conditional and not conditions:
        faults.append(Fault("conditions", "this outcome needs at least one"))
    if not is_conditional and conditions:
        faults.append(Fault("conditions", f"{verdict.outcome} has none"))
    if verdict.effective_on is not None and not verdict.is_grant:
        faults.append(Fault("effective_on", "a denial takes effect on no day"))
    if verdict.effective_on is not None and verdict.effective_on < decided_on:
        faults.append(Fault("effective_on", "is never before the decision"))
    return faults


def _level_faults(application: Application, verdict: Verdict) -> list[Fault]:
    if verdict.level is None:
        return []
    if application.level is None:
        return [Fault("level", "a program has none")]
    if verdict.level.is_above(application.level):
        return [Fault("level", f"is above {application.level}, the one applied for")]
    return []
