"""An agency maintains its officers: name and unit, by the ID in their access tokens."""

from dataclasses import dataclass, replace
from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import Fault, InvalidInputError, NotFoundError
from shared.security.principals import Actor, Role
from shared.versions import Seen, check_version
from supervision.domain.agencies import Agency, Officer, check_post
from supervision.storage import agencies, officers


@dataclass(frozen=True)
class RecordOfficer:
    """The data of an officer."""

    officer_id: UUID
    name: str
    agency: str
    unit: str | None


async def record_officer(tx: Transaction, command: RecordOfficer, seen: Seen | None) -> Officer:
    """Record an officer, or change one. An agency lead may do so only in their own agency."""
    await tx.lock_subject(command.officer_id)
    known = await officers.find(tx, command.officer_id)
    _check_own(tx.actor, command, known)
    check_post(await _agency(tx, command.agency), command.unit)
    officer = Officer(
        id=command.officer_id,
        name=command.name,
        agency=command.agency,
        unit=command.unit,
        version=1,
    )

    officer = replace(officer, version=await officers.upsert(tx, officer))
    check_version(seen, officer.version - 1)
    tx.audit("officer.recorded", subject_kind="officer", subject_id=officer.id)
    return officer


def _check_own(actor: Actor, command: RecordOfficer, known: Officer | None) -> None:
    concerned = {command.agency, known.agency if known else command.agency}
    if not actor.has(Role.OPERATOR) and concerned != {actor.agency}:
        raise NotFoundError(f"there is no officer {command.officer_id}", code="officer-not-found")


async def _agency(tx: Transaction, code: str) -> Agency:
    if (agency := await agencies.locked(tx, code)) is None:
        raise InvalidInputError(
            f"there is no agency {code}",
            code="unknown-agency",
            faults=[Fault("agency", f"there is no agency {code}")],
        )
    return agency
