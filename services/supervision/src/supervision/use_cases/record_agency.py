"""An agency maintains its reference data: name, kind, county and units."""

from dataclasses import dataclass

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.versions import Seen, check_version
from supervision.domain.agencies import Agency, AgencyKind, Unit, check_kind, check_units
from supervision.storage import agencies


@dataclass(frozen=True)
class RecordAgency:
    """The complete reference data of an agency."""

    code: str
    name: str
    kind: AgencyKind
    county: str
    units: tuple[Unit, ...]


async def record_agency(tx: Transaction, command: RecordAgency, seen: Seen | None) -> Agency:
    """Record an agency, or replace its data. An agency lead may do so only for their own agency.

    The agency's row comes first: it is locked from then on, so that no officer moves into a unit
    that is being dropped.
    """
    if not tx.actor.has(Role.OPERATOR) and tx.actor.agency != command.code:
        raise NotFoundError(f"there is no agency {command.code}", code="agency-not-found")
    earlier = await agencies.find(tx, command.code)
    agency = await agencies.upsert(tx, _agency(command))
    check_version(seen, agency.version - 1)
    check_units(command.units, await agencies.units_in_use(tx, command.code))
    if earlier is not None and await agencies.has_cases(tx, command.code):
        check_kind(earlier.kind, command.kind)

    await agencies.replace_units(tx, agency)
    tx.audit("agency.recorded", subject_kind="agency", subject_id=agency.id)
    return agency


def _agency(command: RecordAgency) -> Agency:
    return Agency(
        id=new_id(),
        code=command.code,
        name=command.name,
        kind=command.kind,
        county=command.county,
        units=command.units,
        version=1,
    )
