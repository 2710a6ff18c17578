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
    """What would happen to the duty."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    REWORDED = "reworded"
    """Another regime with the same due date and the same kind of owner."""
    ENDED = "no longer owed"
    LEFT_ALONE = "not changed"
    """The duty cannot be counted under the proposed law and stays as it is."""


@dataclass(frozen=True)
class Standpoint:
    """The fields of an open duty that a change of law may change."""

    due_on: date
    due_at: datetime
    regime: str
    rule_text: str
    owner_role: str
    is_paused: bool


def standpoint(duty: Duty) -> Standpoint:
    """Return those fields of a duty of the ledger."""
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
    """The effect and the new deadline; `reason` is why the duty would end or stay unchanged."""

    effect: Effect
    counted: Deadline | None = None
    reason: str | None = None

    def makes_overdue(self, before: Standpoint, now: datetime) -> bool:
        """Whether the change by itself makes the duty overdue."""
        return self.counted is not None and self.counted.due_at <= now < before.due_at


Counted = Deadline | CasombError
"""A deadline, or why there is no deadline."""


def count(proposal: Proposal, duty: OpenDuty) -> Counted:
    """Count the duty under the proposal; a refusal is returned as a value."""
    try:
        return proposal.count(duty)
    except CasombError as refusal:
        return refusal


def outcome(counted: Counted, before: Standpoint) -> RehearsalOutcome:
    """Compare the proposed deadline with the current one."""
    if isinstance(counted, NoDutyError):
        return RehearsalOutcome(Effect.ENDED, reason=counted.detail)
    if isinstance(counted, CasombError):
        return RehearsalOutcome(Effect.LEFT_ALONE, reason=counted.detail)
    regime = counted.regime
    if before.is_paused and regime.pause is PausePolicy.NONE:
        return RehearsalOutcome(
            Effect.LEFT_ALONE,
            reason="its clock is paused, and the proposed law has no pause for it",
        )
    if counted.due_on != before.due_on or before.owner_role not in regime.owners:
        return RehearsalOutcome(Effect.MOVED, counted)
    if (regime.name, regime.text) != (before.regime, before.rule_text):
        return RehearsalOutcome(Effect.REWORDED, counted)
    return RehearsalOutcome(Effect.UNCHANGED, counted)
