"""The containment team of a case: officer, provider within a program, polygraph examiner.

Provider and program must be certified on the day from which the team works, the provider must work
in the program, the examiner must have standing (Penal Code 290.09, 9003 and the Board's standards
page); a refusal names every piece that is missing and since when.
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
"""How far ahead a team may be formed: a year farther off is a slip of the pen."""


class MemberRole(StrEnum):
    """As what somebody is in a team, beside its officer."""

    PROVIDER = "provider"
    PROGRAM = "program"
    EXAMINER = "examiner"


class TeamState(StrEnum):
    """Where a team stands on a day."""

    TO_COME = "to-come"
    AT_WORK = "at-work"
    ENDED = "ended"
    NEVER_WORKED = "never-worked"


class Member(NamedTuple):
    """Somebody whom a team counts on."""

    role: MemberRole
    id: UUID


@dataclass(frozen=True)
class Members:
    """Whom an officer wants in the team."""

    provider_id: UUID
    program_id: UUID
    examiner_id: UUID

    def each(self) -> tuple[Member, Member, Member]:
        """Each of the three."""
        return (
            Member(MemberRole.PROVIDER, self.provider_id),
            Member(MemberRole.PROGRAM, self.program_id),
            Member(MemberRole.EXAMINER, self.examiner_id),
        )


@dataclass(frozen=True)
class TeamCredentials:
    """What is known here of the members' certifications and standing."""

    provider: Sequence[Validity]
    program: Sequence[Validity]
    examiner: Sequence[Validity]
    provider_in_program: Sequence[Validity]
    """When the provider works in this very program."""


@dataclass(frozen=True)
class Team:
    """The team of a case from a day on; `effective_until` is set when another follows.

    One that was replaced before its first day has both on that day: it never worked.
    """

    id: UUID
    case_id: UUID
    officer_id: UUID
    members: Members
    effective_from: date
    effective_until: date | None
    formed_at: datetime

    def state(self, on: date) -> TeamState:
        """Where it stands on a day."""
        if self.effective_until == self.effective_from:
            return TeamState.NEVER_WORKED
        if on < self.effective_from:
            return TeamState.TO_COME
        has_ended = self.effective_until is not None and self.effective_until <= on
        return TeamState.ENDED if has_ended else TeamState.AT_WORK


def already_formed(first: UUID, effective_from: date) -> ConflictError:
    """The refusal of a team that is the case's from that very day on, with the same members."""
    return ConflictError(
        f"team {first} is this case's team from {effective_from} on, with the same members",
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
    """Refuse a team with missing pieces, one of too late a day, or one that rewrites history.

    A team that has not begun yet is replaced by another from an earlier day; one that has begun,
    `at_work_since`, is only followed.
    """
    if on > today + FARTHEST_AHEAD:
        raise InvalidInputError(
            f"a team is formed {FARTHEST_AHEAD.days} days ahead at the most",
            code="team-too-far-ahead",
            faults=[Fault("effective_from", f"lies after {today + FARTHEST_AHEAD}")],
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
            f"the team at work has worked since {at_work_since}; history is not rewritten",
            code="team-before-current",
            faults=[Fault("effective_from", f"lies before {at_work_since}")],
        )


def _missing(members: Members, credentials: TeamCredentials, on: date) -> Iterator[Fault]:
    asked = (
        ("provider", members.provider_id, "certification", credentials.provider),
        ("program", members.program_id, "certification", credentials.program),
        ("examiner", members.examiner_id, "standing", credentials.examiner),
    )
    for who, member_id, what, held in asked:
        if (when := lapse(held, on)) is not None:
            words = f"{who} {member_id} holds no {what} on {on}: none {when}"
            yield Fault(f"{who}_id", words)
    if (when := lapse(credentials.provider_in_program, on)) is not None:
        words = (
            f"provider {members.provider_id} does not work in program {members.program_id}"
            f" on {on}: no link {when}"
        )
        yield Fault("program_id", words)
