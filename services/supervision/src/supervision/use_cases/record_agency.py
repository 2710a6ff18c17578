"""An agency keeps its own reference data: name, kind, county and units."""

from dataclasses import dataclass, replace

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.versions import check_version
from supervision.domain.agencies import Agency, AgencyKind, Unit, check_units
from supervision.storage import agencies


@dataclass(frozen=True)
class RecordAgency:
    """What is to be kept of the agency."""

    code: str
    name: str
    kind: AgencyKind
    county: str
    units: tuple[Unit, ...]


async def record_agency(tx: Transaction, command: RecordAgency, seen: int | None) -> Agency:
    """Record an agency or what has changed of it; an agency lead does so for the own agency."""
    if not tx.actor.has(Role.OPERATOR) and tx.actor.agency != command.code:
        raise NotFoundError(f"there is no agency {command.code}", code="agency-not-found")
    known = await agencies.find(tx, command.code)
    check_units(command.units, await agencies.manned_units(tx, command.code))
    agency = Agency(
        id=known.id if known else new_id(),
        code=command.code,
        name=command.name,
        kind=command.kind,
        county=command.county,
        units=command.units,
        version=1,
    )

    agency = replace(agency, version=await agencies.keep(tx, agency))
    check_version(seen, agency.version - 1)
    tx.audit("agency.recorded", subject_kind="agency", subject_id=agency.id)
    return agency
