"""A rehearsal (dry run): what a proposed law would do to every open duty; changes nothing.

Many duties have the same dates, so each result is computed once and cached.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.law.rehearsal.open_duties import ListedDuty, batch_after
from shared.law.rehearsal.outcomes import Counted, Effect, RehearsalOutcome, count, outcome
from shared.law.rehearsal.proposals import OpenDuty, Proposal

SAMPLE = 10
MOST_REMEMBERED = 200_000

Note = Callable[[ListedDuty, RehearsalOutcome, datetime], None]


@dataclass(frozen=True)
class Shift:
    """A change of due date that several duties share."""

    rule: str
    from_due_on: date
    to_due_on: date


@dataclass
class Findings:
    """Results of a rehearsal; `sample` contains the first few duties that would change."""

    looked_at: int = 0
    effects: Counter[tuple[str, Effect]] = field(default_factory=Counter)
    shifts: Counter[Shift] = field(default_factory=Counter)
    owners: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    overdue: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, Effect, str]] = field(default_factory=Counter)
    sample: list[tuple[ListedDuty, RehearsalOutcome]] = field(default_factory=list)

    def note(self, listed: ListedDuty, found: RehearsalOutcome, now: datetime) -> None:
        """Count one duty."""
        rule = listed.duty.rule
        self.looked_at += 1
        self.effects[rule, found.effect] += 1
        if found.effect is Effect.UNCHANGED:
            return
        if len(self.sample) < SAMPLE:
            self.sample.append((listed, found))
        if found.reason is not None:
            self.reasons[rule, found.effect, found.reason] += 1
        self._note_move(listed, found, now)

    def _note_move(self, listed: ListedDuty, found: RehearsalOutcome, now: datetime) -> None:
        rule, before = listed.duty.rule, listed.before
        if found.counted is None:
            return
        if found.counted.due_on != before.due_on:
            self.shifts[Shift(rule, before.due_on, found.counted.due_on)] += 1
        if before.owner_role not in found.counted.regime.owners:
            self.owners[rule, before.owner_role, found.counted.owner_role] += 1
        self.overdue[rule] += found.makes_overdue(before, now)


@dataclass
class Rehearsal:
    """Counts open duties under a proposal, with a cache."""

    proposal: Proposal
    _remembered: dict[OpenDuty, Counted] = field(default_factory=dict)

    @cached_property
    def _served(self) -> frozenset[str]:
        """The agencies that have an overlay calendar."""
        calendars = self.proposal.calendars.values()
        return frozenset(agency for calendar in calendars for agency in calendar.agencies)

    def outcome_of(self, listed: ListedDuty) -> RehearsalOutcome:
        """What the proposal would do to one duty."""
        question = listed.duty.reduced(self._served)
        if question not in self._remembered:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[question] = count(self.proposal, question)
        return outcome(self._remembered[question], listed.before)


async def rehearse(
    database: Database, cause: Cause, proposal: Proposal, also: Note | None = None
) -> Findings:
    """Check every open duty, one transaction per batch; `also` gets each that would change."""
    findings, rehearsal = Findings(), Rehearsal(proposal)
    after = None
    while True:
        async with database.transaction(cause) as tx:
            batch = await batch_after(tx, after)
            now = tx.now
        for listed in batch:
            found = rehearsal.outcome_of(listed)
            findings.note(listed, found, now)
            if also is not None and found.effect is not Effect.UNCHANGED:
                also(listed, found, now)
        if not batch:
            return findings
        after = batch[-1].id
