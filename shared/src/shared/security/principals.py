"""Who is asking: the roles of the field and what a token says of its bearer."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.authorities import EVERY_UNIT


class Role(StrEnum):
    """The roles a token may carry; every route names those it serves."""

    APPLICANT = "applicant"
    BOARD_REVIEWER = "board-reviewer"
    BOARD_MANAGER = "board-manager"
    PROVIDER = "provider"
    PROGRAM_REPRESENTATIVE = "program-representative"
    OFFICER = "officer"
    UNIT_SUPERVISOR = "unit-supervisor"
    EXAMINER = "examiner"
    AGENCY_LEAD = "agency-lead"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    PARTNER = "partner"
    DOJ = "doj"
    SERVICE = "service"


@dataclass(frozen=True)
class Actor:
    """The person, client or process on whose behalf a transaction runs.

    `agency` and `unit` are codes, the unit `*` for every one of the agency; `provider` and
    `program` are ids of certified holders.
    `service` is the one of our services whose client asks; None for everybody else.
    """

    subject: str
    roles: frozenset[Role]
    agency: str | None = None
    unit: str | None = None
    provider: UUID | None = None
    program: UUID | None = None
    service: str | None = None

    @property
    def name(self) -> str:
        """How the actor stands on the audit record: a service by its name, all others as named."""
        return f"service:{self.service}" if self.service else self.subject

    @property
    def sees_every_unit(self) -> bool:
        """Whether the actor's sight within the agency ends at no unit; never by leaving it out."""
        return self.has(Role.AGENCY_LEAD) or self.unit == EVERY_UNIT

    @property
    def person_id(self) -> UUID | None:
        """The person's own id; None for a client or process whose subject is no id."""
        try:
            return UUID(self.subject)
        except ValueError:
            return None

    def has(self, *roles: Role) -> bool:
        """Whether the actor carries any of these roles."""
        return not self.roles.isdisjoint(roles)


def process_actor(name: str) -> Actor:
    """The actor of a process that acts by itself, such as a consumer."""
    return Actor(subject=f"process:{name}", roles=frozenset({Role.SERVICE}))
