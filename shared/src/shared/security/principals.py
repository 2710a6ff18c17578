"""The caller of a request: the roles, and what the token contains about the caller."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.authorities import EVERY_UNIT


class Role(StrEnum):
    """The roles that a token may contain; every route names the ones that may call it."""

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

    `agency` and `unit` are codes; the unit `*` means every unit of the agency. `provider` and
    `program` are ids of certified holders. `service` is the project's service that calls; None for
    all other callers.
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
        """The actor's name in the audit trail: a service's name, or else the token's subject."""
        return f"service:{self.service}" if self.service else self.subject

    @property
    def sees_every_unit(self) -> bool:
        """Whether the actor sees all units of the agency, which the token must state explicitly."""
        return self.has(Role.AGENCY_LEAD) or self.unit == EVERY_UNIT

    @property
    def person_id(self) -> UUID | None:
        """The person's own id; None if the subject is not a UUID."""
        try:
            return UUID(self.subject)
        except ValueError:
            return None

    def has(self, *roles: Role) -> bool:
        """Whether the actor has any of these roles."""
        return not self.roles.isdisjoint(roles)


def process_actor(name: str) -> Actor:
    """The actor of a process that acts by itself, such as a consumer."""
    return Actor(subject=f"process:{name}", roles=frozenset({Role.SERVICE}))
