"""Which providers work with which programs, from when until when.

Both need a certification to treat: a link begins on a day on which both are certified. It stays on
record when one of them no longer is; whoever reads it sees the status of that day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.applications import Kind, Level
from certification.domain.program_changes import Told
from certification.domain.standings import Standing, Status
from shared.errors import ConflictError


@dataclass(frozen=True)
class ProgramLink:
    """A provider works with a program; without `effective_until` until that is ended."""

    id: UUID
    program_id: UUID
    provider_id: UUID
    effective_from: date
    effective_until: date | None = None

    @property
    def told(self) -> Told:
        """How its program's history has it."""
        until = self.effective_until
        return {
            "link_id": str(self.id),
            "provider_id": str(self.provider_id),
            "effective_from": self.effective_from.isoformat(),
            "effective_until": until.isoformat() if until else None,
        }


@dataclass(frozen=True)
class LinkedHolder:
    """A link with who is at the other end of it, and how they stand on the day of the question."""

    link: ProgramLink
    name: str
    number: str | None
    level: Level | None
    status: Status


@dataclass(frozen=True)
class ListedProvider:
    """A certified provider as the directory names it with a program."""

    name: str
    number: str
    level: Level


def refuse_uncertified(kind: Kind, standings: Sequence[Standing], on: date) -> None:
    """Raise ConflictError for a holder who is not certified on that day."""
    status = standings[0].status if standings else Status.NOT_YET_CERTIFIED
    if status is not Status.CERTIFIED:
        raise ConflictError(
            f"the {kind} is {status} on {on}: only who is certified is linked",
            code=f"{kind}-not-certified",
            members={"certification_status": status.value},
        )


def refuse_second(links: Iterable[ProgramLink], begins: date, ends: date | None = None) -> None:
    """Raise ConflictError where a link of the same two holds between these days; None is never."""
    for each in links:
        never_held = each.effective_until == each.effective_from
        is_over = each.effective_until is not None and each.effective_until <= begins
        is_to_come = ends is not None and each.effective_from >= ends
        if not (never_held or is_over or is_to_come):
            until = f" until {each.effective_until}" if each.effective_until else ""
            raise ConflictError(
                f"they are linked from {each.effective_from}{until}",
                code="linked-before",
                members={"link_id": str(each.id)},
            )
