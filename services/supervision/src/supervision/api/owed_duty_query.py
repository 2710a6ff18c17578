"""Filters shared by the list and the counts of duties. An unknown filter is refused."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.security.principals import Role
from supervision.api.field_types import Code
from supervision.domain.owed_duties import Ledger


class OwedDutyNarrowing(BaseModel):
    """Filters of duties. All that are given must match."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID | None = Field(
        default=None, description="ID of a person: only duties in cases of this person."
    )
    owner_role: Role | None = Field(
        default=None, description="Only duties owed by someone in this role."
    )
    owner_person: UUID | None = Field(
        default=None,
        description="ID of an officer, provider or applicant: only duties owed by this person.",
    )
    agency: Code | None = Field(
        default=None,
        description="Code of an agency: only duties in its cases, whoever owes them, and duties "
        "that it owes elsewhere.",
    )
    unit: Code | None = Field(
        default=None,
        description="Code of a unit: only duties in its cases. The unit belongs to `agency`, or to "
        "the caller's agency if `agency` is omitted.",
    )
    program: UUID | None = Field(
        default=None, description="ID of a program: only duties owed by this program."
    )
    case_id: UUID | None = Field(default=None, description="Only duties in this case.")
    rule: Code | None = Field(default=None, description="Only duties opened by this rule.")
    service: Ledger | None = Field(default=None, description="Only duties kept by this service.")
