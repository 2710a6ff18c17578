"""A case: one person supervised by one agency under one kind of supervision.

Which agency holds which supervision, and which supervision the program duties bind, are data:
program duties bind formal probation and parole (Penal Code 1203.067 and 3008).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError, RuleBrokenError
from supervision.domain.agencies import AgencyKind


class SupervisionType(StrEnum):
    """Under what a person is supervised."""

    FORMAL_PROBATION = "formal-probation"
    PAROLE = "parole"
    CONDITIONAL_RELEASE = "conditional-release"
    PRCS = "prcs"
    MANDATORY_SUPERVISION = "mandatory-supervision"
    FEDERAL_PROBATION = "federal-probation"


HELD_BY: Mapping[SupervisionType, AgencyKind] = {
    SupervisionType.FORMAL_PROBATION: AgencyKind.PROBATION,
    SupervisionType.PAROLE: AgencyKind.PAROLE,
    SupervisionType.CONDITIONAL_RELEASE: AgencyKind.STATE_HOSPITALS,
    SupervisionType.PRCS: AgencyKind.PROBATION,
    SupervisionType.MANDATORY_SUPERVISION: AgencyKind.PROBATION,
    SupervisionType.FEDERAL_PROBATION: AgencyKind.FEDERAL,
}
FARTHEST_AHEAD = timedelta(days=731)
"""How far ahead supervision or placement may be planned: a day farther off is a slip of the pen."""
LONGEST = timedelta(days=36525)
"""How long supervision may be expected to last; a lifetime has no expected end."""
BOUND_BY_PROGRAM_DUTIES = frozenset({SupervisionType.FORMAL_PROBATION, SupervisionType.PAROLE})


@dataclass(frozen=True)
class CaseDates:
    """The dates a case opens with; `placement_on` is planned until the placement is recorded."""

    sentenced_on: date
    starts_on: date
    expected_end_on: date | None
    placement_on: date


@dataclass(frozen=True)
class Case:
    """A case as it stands; its number is a person's and is kept sealed beside it."""

    id: UUID
    person_id: UUID
    supervision_type: SupervisionType
    agency: str
    agency_kind: AgencyKind
    unit: str | None
    officer_id: UUID
    dates: CaseDates
    county_of_conviction: str
    county_of_residence: str
    opened_at: datetime
    version: int

    @property
    def is_bound_by_program_duties(self) -> bool:
        """Whether the monthly contact is owed for this case."""
        return self.supervision_type in BOUND_BY_PROGRAM_DUTIES


def check_opening(
    supervision_type: SupervisionType, kind: AgencyKind, dates: CaseDates, today: date
) -> None:
    """Refuse supervision that such an agency does not hold, and dates that contradict."""
    if HELD_BY[supervision_type] is not kind:
        raise RuleBrokenError(
            f"{supervision_type} is held by {HELD_BY[supervision_type]} agencies, not by {kind}",
            code="supervision-held-elsewhere",
            faults=[Fault("supervision_type", f"is not held by {kind} agencies")],
        )
    if faults := tuple(_contradictions(dates, today)):
        raise InvalidInputError(
            "the dates of the case contradict each other", code="impossible-dates", faults=faults
        )


def already_opened(first: UUID | None) -> ConflictError:
    """The refusal of a case that was opened before; `first` is None where the asker sees it not."""
    which = "a case of another unit" if first is None else f"case {first}"
    return ConflictError(
        f"{which} is this person's case under this case number; "
        "if this is another one, say why in another_because",
        code="case-exists",
        faults=[Fault("case_number", f"is that of {which}")],
        members={} if first is None else {"case_id": str(first)},
    )


def _contradictions(dates: CaseDates, today: date) -> Iterator[Fault]:
    if dates.sentenced_on > today:
        yield Fault("sentenced_on", "lies in the future")
    if dates.starts_on < dates.sentenced_on:
        yield Fault("starts_on", "lies before the sentence")
    if dates.expected_end_on is not None and dates.expected_end_on <= dates.starts_on:
        yield Fault("expected_end_on", "must lie after the start")
    if dates.placement_on < dates.sentenced_on:
        yield Fault("placement_on", "lies before the sentence")
    yield from _out_of_reach(dates, today)


def _out_of_reach(dates: CaseDates, today: date) -> Iterator[Fault]:
    latest = today + FARTHEST_AHEAD
    for name, planned in (("starts_on", dates.starts_on), ("placement_on", dates.placement_on)):
        if planned > latest:
            yield Fault(f"{name}", f"lies after {latest}, two years ahead")
    if dates.expected_end_on is not None and dates.expected_end_on - dates.starts_on > LONGEST:
        yield Fault("expected_end_on", "lies more than 100 years after the start")
