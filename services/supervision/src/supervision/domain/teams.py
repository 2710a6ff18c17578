"""The containment team of a case: officer, provider within a program, polygraph examiner.

On the team's first day provider and program must be certified, the provider must work in the
program, and the examiner must have standing (Penal Code 290.09, 9003 and the Board's standards
page). The error names everything that is missing and since when.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError, RuleBrokenError
from shared.law.validity import Validity, lapse

RULE = "certified-team"
CITATION = "Penal Code 290.09, 9003; Board standards page"
FARTHEST_AHEAD = timedelta(days=366)
"""How far ahead a team may begin; a later day is taken for a typing error."""


class MemberRole(StrEnum):
    """Role of a team member other than the officer."""

    PROVIDER = "provider"
    PROGRAM = "program"
    EXAMINER = "examiner"


class TeamState(StrEnum):
    """State of a team on a day."""

    TO_COME = "to-come"
    AT_WORK = "at-work"
    ENDED = "ended"
    NEVER_WORKED = "never-worked"


class Member(NamedTuple):
    """A team member other than the officer, by role and ID."""

    role: MemberRole
    id: UUID


@dataclass(frozen=True)
class Members:
    """The members of a team other than the officer."""

    provider_id: UUID
    program_id: UUID
    examiner_id: UUID

    def each(self) -> tuple[Member, Member, Member]:
        """Return provider, program and examiner as members."""
        return (
            Member(MemberRole.PROVIDER, self.provider_id),
            Member(MemberRole.PROGRAM, self.program_id),
            Member(MemberRole.EXAMINER, self.examiner_id),
        )


@dataclass(frozen=True)
class TeamCredentials:
    """The periods of the members' certifications and standing, as known here."""

    provider: Sequence[Validity]
    program: Sequence[Validity]
    examiner: Sequence[Validity]
    provider_in_program: Sequence[Validity]
    """Periods in which the provider works in this program."""


@dataclass(frozen=True)
class Team:
    """The team of a case from a day on.

    `effective_until` is the first day of the next team, or None. It equals `effective_from` if the
    team was replaced before its first day, so that it never worked.
    """

    id: UUID
    case_id: UUID
    officer_id: UUID
    members: Members
    effective_from: date
    effective_until: date | None
    formed_at: datetime

    def state(self, on: date) -> TeamState:
        """Return the state of the team on a day."""
        if self.effective_until == self.effective_from:
            return TeamState.NEVER_WORKED
        if on < self.effective_from:
            return TeamState.TO_COME
        has_ended = self.effective_until is not None and self.effective_until <= on
        return TeamState.ENDED if has_ended else TeamState.AT_WORK


def already_formed(first: UUID, effective_from: date) -> ConflictError:
    """Return the error for a team that is already formed with the same members and first day."""
    return ConflictError(
        f"team {first} of this case already has these members and begins on {effective_from}",
        code="team-exists",
        members={"team_id": str(first)},
    )


def check_team(
    members: Members,
    credentials: TeamCredentials,
    on: date,
    *,
    at_work_since: date | None,
    today: date,
) -> None:
    """Refuse a team that lacks a certification, begins too far ahead, or begins too early.

    A new team may replace one that has not begun. It may not begin before the current team, which
    began on `at_work_since` (None if no team has begun).
    """
    if on > today + FARTHEST_AHEAD:
        raise InvalidInputError(
            f"a team may begin at most {FARTHEST_AHEAD.days} days ahead",
            code="team-too-far-ahead",
            faults=[Fault("effective_from", f"must not be after {today + FARTHEST_AHEAD}")],
        )
    if faults := tuple(_missing(members, credentials, on)):
        raise RuleBrokenError(
            f"this team cannot be formed: {'; '.join(fault.message for fault in faults)}",
            code="team-incomplete",
            rule=RULE,
            citation=CITATION,
            faults=faults,
        )
    if at_work_since is not None and on < at_work_since:
        raise ConflictError(
            f"a new team cannot begin before the current team, which began on {at_work_since}",
            code="team-before-current",
            faults=[Fault("effective_from", f"must not be before {at_work_since}")],
        )


def _missing(members: Members, credentials: TeamCredentials, on: date) -> Iterator[Fault]:
    asked = (
        ("provider", members.provider_id, "certification", credentials.provider),
        ("program", members.program_id, "certification", credentials.program),
        ("examiner", members.examiner_id, "standing", credentials.examiner),
    )
    for who, member_id, what, held in asked:
        if (when := lapse(held, on)) is not None:
            words = f"{who} {member_id} has no {what} on {on}: none {when}"
            yield Fault(f"{who}_id", words)
    if (when := lapse(credentials.provider_in_program, on)) is not None:
        words = (
            f"provider {members.provider_id} does not work in program {members.program_id}"
            f" on {on}: no link {when}"
        )
        yield Fault("program_id", words)
