"""Links between providers and the programs they work with.

Treatment needs both certifications, so a link must begin on a day on which both are certified. It
stays on record when one of them is no longer certified, and is shown with the status of the day
asked for.
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
    """A provider works with a program; `effective_until` is None if no end is recorded."""

    id: UUID
    program_id: UUID
    provider_id: UUID
    effective_from: date
    effective_until: date | None = None

    @property
    def told(self) -> Told:
        """The facts that the program's history stores."""
        until = self.effective_until
        return {
            "link_id": str(self.id),
            "provider_id": str(self.provider_id),
            "effective_from": self.effective_from.isoformat(),
            "effective_until": until.isoformat() if until else None,
        }


@dataclass(frozen=True)
class LinkedHolder:
    """A link with the provider or program at its other end, and its status on a day."""

    link: ProgramLink
    name: str
    number: str | None
    level: Level | None
    status: Status


@dataclass(frozen=True)
class ListedProvider:
    """A certified provider as the directory lists it with a program."""

    name: str
    number: str
    level: Level


def refuse_uncertified(kind: Kind, standings: Sequence[Standing], on: date) -> None:
    """Raise ConflictError for a holder who is not certified on that day."""
    status = standings[0].status if standings else Status.NOT_YET_CERTIFIED
    if status is not Status.CERTIFIED:
        raise ConflictError(
            f"the {kind} is {status} on {on}; both must be certified on the first day of a link",
            code=f"{kind}-not-certified",
            members={"certification_status": status.value},
        )


def refuse_second(links: Iterable[ProgramLink], begins: date, ends: date | None = None) -> None:
    """Raise ConflictError if the two are already linked between these days; None is no end."""
    for each in links:
        never_held = each.effective_until == each.effective_from
        is_over = each.effective_until is not None and each.effective_until <= begins
        is_to_come = ends is not None and each.effective_from >= ends
        if not (never_held or is_over or is_to_come):
            until = f" until {each.effective_until}" if each.effective_until else ""
            raise ConflictError(
                f"they are already linked from {each.effective_from}{until}",
                code="linked-before",
                members={"link_id": str(each.id)},
            )
