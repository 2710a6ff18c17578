"""An officer opens a case, which opens the duty to score the Static-99R before placement.

The Static-99R should be scored before the person is placed (the Board's standards page).
"""

from dataclasses import dataclass
from uuid import UUID

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.in_force import Law
from shared.security.personal_fields import PersonalFields
from supervision import published
from supervision.domain.agencies import Agency, Officer, unit_of_work
from supervision.domain.cases import Case, CaseDates, SupervisionType, already_opened, check_opening
from supervision.storage import agencies, audit_record, cases, officers, persons, timeline
from supervision.use_cases.owe_static_99r import owe_static_99r


@dataclass(frozen=True)
class OpenCase:
    """The data of a new case, as given by the officer."""

    person_id: UUID
    supervision_type: SupervisionType
    case_number: str
    dates: CaseDates
    county_of_conviction: str
    county_of_residence: str
    another_because: str | None = None


async def open_case(tx: Transaction, law: Law, fields: PersonalFields, command: OpenCase) -> Case:
    """Open a case under the officer's agency and unit.

    Raises ConflictError if the agency already has a case of this person under this number and the
    officer does not state why this is a separate one.
    """
    officer = await officers.acting(tx)
    agency = await agencies.by_code(tx, officer.agency)
    await persons.visible(tx, command.person_id, fields)  # not found if of another agency
    check_opening(command.supervision_type, agency.kind, command.dates, tx.today)
    unit = unit_of_work(tx.actor, officer, agency)
    case = _case(tx, command, agency, unit, officer)
    if command.another_because is None:
        await _refuse_repeated(tx, case, command.case_number, fields)

    await cases.insert(tx, case, command.case_number, command.another_because, fields)
    await timeline.announce(tx, published.case_opened(case), case.id)
    await owe_static_99r(tx, law, case, command.dates.placement_on)
    audit_record.of_case(tx, "case.opened", case)
    return case


async def _refuse_repeated(
    tx: Transaction, case: Case, case_number: str, fields: PersonalFields
) -> None:
    await persons.lock(tx, case.person_id)
    first = await cases.first_with_number(tx, case.person_id, case.agency, case_number, fields)
    if first is not None:
        raise already_opened(first if await cases.is_visible(tx, first) else None)


def _case(
    tx: Transaction, command: OpenCase, agency: Agency, unit: str | None, officer: Officer
) -> Case:
    return Case(
        id=new_id(),
        person_id=command.person_id,
        supervision_type=command.supervision_type,
        agency=agency.code,
        agency_kind=agency.kind,
        unit=unit,
        officer_id=officer.id,
        dates=command.dates,
        county_of_conviction=command.county_of_conviction,
        county_of_residence=command.county_of_residence,
        opened_at=tx.now,
        version=1,
    )
