"""How lists and counts of what is owed are narrowed; a filter nobody knows is refused."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.security.principals import Role
from supervision.api.field_types import Code
from supervision.domain.owed_duties import Ledger

Agency = Annotated[
    Code, Field(description="What is owed in its cases, whoever owes it, and what it owes.")
]
Unit = Annotated[
    Code, Field(description="What is owed in its cases; your agency's, or `agency`'s.")
]


class OwedDutyNarrowing(BaseModel):
    """What both go by."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID | None = Field(
        default=None, description="The supervised person in whose cases it is owed."
    )
    owner_role: Role | None = None
    owner_person: UUID | None = Field(
        default=None, description="Id of the officer, provider or applicant who owes it."
    )
    agency: Agency | None = None
    unit: Unit | None = None
    program: UUID | None = Field(default=None, description="The program that owes it.")
    case_id: UUID | None = None
    rule: Code | None = None
    service: Ledger | None = Field(default=None, description="Whose ledger keeps it.")
