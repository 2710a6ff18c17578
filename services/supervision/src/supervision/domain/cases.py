"""A case: one person supervised by one agency under one type of supervision.

`HELD_BY` lists the kind of agency that holds each type of supervision. Program duties apply only to
formal probation and parole (Penal Code 1203.067 and 3008).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError, RuleBrokenError
from supervision.domain.agencies import AgencyKind


class SupervisionType(StrEnum):
    """Type of supervision. `prcs` is postrelease community supervision."""

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
"""How far ahead supervision or placement may be planned. A later day is likely a typing error."""
LONGEST = timedelta(days=36525)
"""Longest expected supervision. Lifetime supervision has no expected end."""
BOUND_BY_PROGRAM_DUTIES = frozenset({SupervisionType.FORMAL_PROBATION, SupervisionType.PAROLE})


@dataclass(frozen=True)
class CaseDates:
    """The dates given when a case is opened. `placement_on` is the planned day of placement."""

    sentenced_on: date
    starts_on: date
    expected_end_on: date | None
    placement_on: date


@dataclass(frozen=True)
class Case:
    """The current state of a case. The case number is personal and stored encrypted, elsewhere."""

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
    """Refuse supervision that this kind of agency does not hold, and contradictory dates."""
    if HELD_BY[supervision_type] is not kind:
        raise RuleBrokenError(
            f"{supervision_type} is supervised by {HELD_BY[supervision_type]} agencies; "
            f"your agency is of kind {kind}",
            code="supervision-held-elsewhere",
            faults=[Fault("supervision_type", f"is not supervised by {kind} agencies")],
        )
    if faults := tuple(_contradictions(dates, today)):
        raise InvalidInputError(
            "the dates of the case are not possible; `faults` names each of them",
            code="impossible-dates",
            faults=faults,
        )


def already_opened(first: UUID | None) -> ConflictError:
    """Return the error for a duplicate case. `first` is None if the caller may not see it."""
    which = "a case of another unit" if first is None else f"case {first}"
    return ConflictError(
        f"{which} of your agency already has this person and case number; "
        "to open a separate case, state the reason in another_because",
        code="case-exists",
        faults=[Fault("case_number", f"is already used by {which} for this person")],
        members={} if first is None else {"case_id": str(first)},
    )


def _contradictions(dates: CaseDates, today: date) -> Iterator[Fault]:
    if dates.sentenced_on > today:
        yield Fault("sentenced_on", "must not be in the future")
    if dates.starts_on < dates.sentenced_on:
        yield Fault("starts_on", "must not be before the sentence")
    if dates.expected_end_on is not None and dates.expected_end_on <= dates.starts_on:
        yield Fault("expected_end_on", "must be after `starts_on`")
    if dates.placement_on < dates.sentenced_on:
        yield Fault("placement_on", "must not be before the sentence")
    yield from _out_of_reach(dates, today)


def _out_of_reach(dates: CaseDates, today: date) -> Iterator[Fault]:
    latest = today + FARTHEST_AHEAD
    for name, planned in (("starts_on", dates.starts_on), ("placement_on", dates.placement_on)):
        if planned > latest:
            yield Fault(f"{name}", f"must not be after {latest}, two years ahead")
    if dates.expected_end_on is not None and dates.expected_end_on - dates.starts_on > LONGEST:
        yield Fault("expected_end_on", "must not be more than 100 years after `starts_on`")
