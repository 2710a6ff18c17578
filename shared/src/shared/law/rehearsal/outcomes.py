"""What a proposed law would do to one open duty."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.errors import CasombError
from shared.law.counting.deadlines import Deadline
from shared.law.counting.rules import NoDutyError, PausePolicy
from shared.law.duty.duties import Duty, DutyState
from shared.law.rehearsal.proposals import OpenDuty, Proposal


class Effect(StrEnum):
    """What would happen to it."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    REWORDED = "reworded"
    """Another regime, the same date and the same kind of owner."""
    ENDED = "no longer owed"
    LEFT_ALONE = "left alone"
    """It cannot be counted under the proposed law, and stays as it is."""


@dataclass(frozen=True)
class Standpoint:
    """What an open duty says now of what a change of law may change."""

    due_on: date
    due_at: datetime
    regime: str
    rule_text: str
    owner_role: str
    is_paused: bool


def standpoint(duty: Duty) -> Standpoint:
    """Return what a duty of the ledger says now."""
    return Standpoint(
        due_on=duty.due_on,
        due_at=duty.due_at,
        regime=duty.regime,
        rule_text=duty.rule_text,
        owner_role=duty.owner.role or "",
        is_paused=duty.state is DutyState.PAUSED,
    )


@dataclass(frozen=True)
class RehearsalOutcome:
    """The effect, with what it would become; `reason` says why it would end or be left alone."""

    effect: Effect
    counted: Deadline | None = None
    reason: str | None = None

    def makes_overdue(self, before: Standpoint, now: datetime) -> bool:
        """Whether the change alone makes the duty overdue."""
        return self.counted is not None and self.counted.due_at <= now < before.due_at


Counted = Deadline | CasombError
"""A deadline, or why there is none."""


def count(proposal: Proposal, duty: OpenDuty) -> Counted:
    """Count the duty under the proposal, keeping a refusal as a value."""
    try:
        return proposal.count(duty)
    except CasombError as refusal:
        return refusal


def outcome(counted: Counted, before: Standpoint) -> RehearsalOutcome:
    """Compare what the proposal counts with what stands."""
    if isinstance(counted, NoDutyError):
        return RehearsalOutcome(Effect.ENDED, reason=counted.detail)
    if isinstance(counted, CasombError):
        return RehearsalOutcome(Effect.LEFT_ALONE, reason=counted.detail)
    regime = counted.regime
    if before.is_paused and regime.pause is PausePolicy.NONE:
        return RehearsalOutcome(
            Effect.LEFT_ALONE, reason="its clock stands, and would never stop there"
        )
    if counted.due_on != before.due_on or before.owner_role not in regime.owners:
        return RehearsalOutcome(Effect.MOVED, counted)
    if (regime.name, regime.text) != (before.regime, before.rule_text):
        return RehearsalOutcome(Effect.REWORDED, counted)
    return RehearsalOutcome(Effect.UNCHANGED, counted)
