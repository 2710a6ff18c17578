"""A user reads one case. The conviction is shown only to the agency and auditors (CORI)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields
from supervision.domain.authorities import may_see_conviction
from supervision.domain.cases import Case
from supervision.domain.placements import Placement
from supervision.storage import audit_record, cases, placements


@dataclass(frozen=True)
class Conviction:
    """Criminal history of a case. It is not shown to the team."""

    case_number: str
    sentenced_on: date
    county_of_conviction: str
    another_because: str | None


@dataclass(frozen=True)
class CaseFile:
    """A case with its placement. `conviction` is None for users who may not see it."""

    case: Case
    conviction: Conviction | None
    placement: Placement | None


async def show_case(tx: Transaction, case_id: UUID, fields: PersonalFields) -> CaseFile:
    """Read a case. The reading is recorded in the audit record."""
    case = await cases.visible(tx, case_id)
    file = CaseFile(
        case=case,
        conviction=await _conviction(tx, case, fields),
        placement=await _placement(tx, case),
    )

    audit_record.of_case(tx, "case.read", case)
    return file


async def _placement(tx: Transaction, case: Case) -> Placement | None:
    placement = await placements.of_case(tx, case.id)
    return placement and placement.by(await placements.first_static_99r(tx, case.id))


async def _conviction(tx: Transaction, case: Case, fields: PersonalFields) -> Conviction | None:
    if not may_see_conviction(case, tx.actor):
        return None
    number = await cases.number_of(tx, case.id, fields)
    because = await cases.another_because(tx, case.id, fields)
    return Conviction(number, case.dates.sentenced_on, case.county_of_conviction, because)
