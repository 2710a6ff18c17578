"""The life of one holder, played by the rules themselves, beside a list of what was taken from it.

The list is kept without those rules: a suspension takes every day from its own until whoever was
suspended is reinstated, a revocation or a surrender takes every day after, and what was granted
ahead loses the same days.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from certification.domain.applications import Kind, Level, Purpose
from certification.domain.certification_changes import (
    CertificationChange,
    Change,
    ended_for_good,
    refuse_change,
    refuse_correction,
)
from certification.domain.certifications import Certification
from certification.domain.reaching import reached_on, was_suspended_with
from certification.domain.standings import TO_STATUS, Status, standing_on, standings_of
from certification.domain.succession import (
    begins_on,
    ends_with,
    refuse_lifting,
    refuse_moved_end,
    refuse_moved_start,
    refuse_succession,
)
from shared.identifiers import new_id

FIRST_DAY = date(2026, 1, 1)
TERM = timedelta(days=730)


@dataclass
class Taken:
    """Days of one certification that were taken from its holder by what was done to one of them."""

    certification_id: UUID
    by: UUID
    status: Status
    since: date
    until: date = date.max


@dataclass
class Life:
    """The holder's certifications, each following the one before; the first list is the oldest."""

    today: date = FIRST_DAY
    held: list[Certification] = field(default_factory=list)
    decided_on: dict[UUID, date] = field(default_factory=dict)
    changes: dict[UUID, list[CertificationChange]] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)

    def status(self, certification_id: UUID, day: date) -> Status:
        """How a certification stands on a day."""
        return standing_on(standings_of(self.changes[certification_id]), day).status

    def wait(self, days: int) -> None:
        """Some days go by."""
        self.today += timedelta(days=days)

    def grant(self, days: int) -> None:
        """The Board certifies, or renews what it certified last, from some days on."""
        begins = self.today + timedelta(days=days)
        inherited: list[Taken] = []
        if self.held:
            begins = self._follow(self.held[-1], begins if days else None)
            inherited = self._taken_from(self.held[-1])
        granted = Certification(
            id=new_id(),
            application_id=None,
            decision_id=None,
            kind=Kind.PROVIDER,
            holder_id=new_id(),
            level=Level.ASSOCIATE,
            number="PRV-000001",
            effective_from=begins,
            effective_until=begins + TERM,
        )
        self.held.append(granted)
        self.decided_on[granted.id] = self.today
        self._keep(granted, Change.GRANTED, begins)
        self.taken.extend(replace(each, certification_id=granted.id) for each in inherited)

    def change(self, which: int, change: Change, days: int) -> None:
        """The Board suspends, reinstates or revokes one of them, or its holder gives it up."""
        chosen = which % len(self.held)
        certification, on = self.held[chosen], self.today + timedelta(days=days)
        standings = standings_of(self.changes[certification.id])
        refuse_change(change, standings, on, self.today)
        self._keep(certification, change, on)
        for follower in self.held[chosen + 1 :]:
            self._reach(follower, certification, change, on)
        self._note(chosen, change, on)

    def correct(self, which: int, days: int, length: int) -> None:
        """The dates of one of them are corrected."""
        chosen = which % len(self.held)
        before = self.held[chosen]
        begins = before.effective_from + timedelta(days=days)
        until = begins + timedelta(days=length)
        kept, decided_on = self.changes[before.id], self.decided_on[before.id]
        refuse_correction(kept, begins, until, decided_on, self.today)
        if chosen + 1 < len(self.held):
            standings = standings_of(self.changes[before.id])
            refuse_moved_end(before, standings, until, self.held[chosen + 1])
        if chosen:
            followed = self.held[chosen - 1]
            standings = standings_of(self.changes[followed.id])
            refuse_moved_start(followed, standings, before.effective_from, begins)
            if ends_with(followed, standings, begins):
                self._keep(followed, Change.RENEWED, begins)
        after = replace(before, effective_from=begins, effective_until=until)
        self.held[chosen] = after
        self._keep(after, Change.CORRECTED, self.today)

    def _follow(self, followed: Certification, proposed: date | None) -> date:
        kept = self.changes[followed.id]
        standings, ended = standings_of(kept), ended_for_good(kept)
        begins = begins_on(Purpose.RENEWAL, followed, proposed, self.today)
        refuse_succession(Purpose.RENEWAL, followed, standings, Level.ASSOCIATE, self.today, ended)
        refuse_lifting(Purpose.RENEWAL, followed, standings, begins, self.today)
        if begins < followed.effective_until:
            refuse_change(Change.RENEWED, standings, begins, self.today)
            self._keep(followed, Change.RENEWED, begins)
        return begins

    def _reach(
        self, follower: Certification, followed: Certification, change: Change, on: date
    ) -> None:
        kept = self.changes[follower.id]
        reached = reached_on(change, standings_of(kept), follower.effective_from, on)
        is_lifted = change is not Change.REINSTATED or was_suspended_with(kept, followed.id)
        if reached is not None and is_lifted:
            self._keep(follower, change, reached, followed.id)

    def _note(self, chosen: int, change: Change, on: date) -> None:
        certification = self.held[chosen]
        if change is Change.REINSTATED:
            for each in self.taken:
                is_its = certification.id in {each.by, each.certification_id}
                each.until = min(each.until, on) if is_its else each.until
            return
        self.taken.extend(
            Taken(each.id, certification.id, TO_STATUS[change], on) for each in self.held[chosen:]
        )

    def _taken_from(self, followed: Certification) -> list[Taken]:
        """What a renewal must not give back; what expired while suspended is decided anew."""
        is_over = self.today >= followed.effective_until
        return [
            each
            for each in self.taken
            if each.certification_id == followed.id
            and not (is_over and each.status is Status.SUSPENDED)
        ]

    def _keep(
        self,
        certification: Certification,
        change: Change,
        on: date,
        with_certification_id: UUID | None = None,
    ) -> None:
        kept = self.changes.setdefault(certification.id, [])
        kept.append(
            CertificationChange(
                certification_id=certification.id,
                number=len(kept) + 1,
                change=change,
                effective_on=on,
                effective_from=certification.effective_from,
                effective_until=certification.effective_until,
                reasons=(),
                recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
                recorded_by="the test",
                with_certification_id=with_certification_id,
            )
        )
