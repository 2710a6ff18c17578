"""Decides for one duty which notices are due now, and when the next one is.

After an outage several notices of one duty may be due. Each recipient then gets only the last one:
a notice that a duty is overdue replaces the notice that it is due soon.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shared.law.counting.notices import Notice, NoticeKind


@dataclass(frozen=True)
class NoticeStep:
    """A notice with its number in the regime's order, from 1."""

    number: int
    notice: Notice


@dataclass(frozen=True)
class Look:
    """The notices due now, in order; `again_at` is None after the last notice."""

    steps: tuple[NoticeStep, ...]
    next_step: int
    again_at: datetime | None


def look(notices: Sequence[Notice], due_on: date, from_step: int, now: datetime) -> Look:
    """Check a running duty whose notices before `from_step` were dealt with."""
    ahead = [NoticeStep(n, notice) for n, notice in enumerate(notices, 1) if n >= from_step]
    passed = [step for step in ahead if step.notice.at(due_on) <= now]
    waiting = ahead[len(passed) :]
    return Look(
        steps=tuple(_without_flood(passed)),
        next_step=from_step + len(passed),
        again_at=waiting[0].notice.at(due_on) if waiting else None,
    )


def _without_flood(passed: Sequence[NoticeStep]) -> list[NoticeStep]:
    overdue = [step for step in passed if step.notice.kind is NoticeKind.OVERDUE]
    last_for = {step.notice.to: step for step in overdue or passed}
    return sorted(last_for.values(), key=lambda step: step.number)
