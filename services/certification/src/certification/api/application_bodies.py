"""Request bodies for applications of providers and of programs, for every purpose."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from certification.domain.applications import (
    ClientBand,
    EntityType,
    Kind,
    Level,
    ProgramPlace,
    Purpose,
)
from certification.use_cases.change_draft import ChangeDraft
from certification.use_cases.submit_application import SubmitApplication
from shared.http.shapes import Code, CountyCode, Line, Lines, RequestBody
from shared.versions import Seen

MOST_COUNTIES = 58
MOST_ITEMS = 50

Documents = Annotated[
    tuple[Code, ...],
    Field(
        max_length=MOST_ITEMS,
        description="Codes of the checklist items that are sent with the "
        "application. If omitted, none.",
    ),
]


class _ApplicationBody(RequestBody):
    """The fields that applications of providers and of programs share."""

    purpose: Purpose = Field(
        default=Purpose.NEW,
        description="`new`: a first certification. `renewal`: a further term of a certification. "
        "`upgrade`: a higher level for a provider. If omitted, `new`.",
    )
    certification_id: UUID | None = Field(
        default=None,
        description="ID of the certification to renew or upgrade. Omit for a new application.",
        examples=[None],
    )
    draft: bool = Field(
        default=False,
        description="If true, save a draft without submitting it. If omitted, the application is "
        "submitted.",
    )
    another: bool = Field(
        default=False,
        description="If true, apply even though this account already has an open new application "
        "or a valid certification of the same kind and name. Requires `another_reason`.",
    )
    another_reason: Lines | None = Field(
        default=None,
        description="Why the account applies again. Required if `another` is true; otherwise it "
        "must be omitted.",
    )

    @model_validator(mode="after")
    def name_what_is_followed(self) -> Self:
        """Require `certification_id` for a renewal or an upgrade, and refuse it for a new one."""
        if (self.purpose is Purpose.NEW) != (self.certification_id is None):
            raise PydanticCustomError(
                "certification_id",
                "`certification_id` is required for a renewal or an upgrade and must be omitted "
                "for a new application",
            )
        return self

    @model_validator(mode="after")
    def say_why_another(self) -> Self:
        """Require `another_reason` if and only if `another` is true."""
        if self.another != (self.another_reason is not None):
            raise PydanticCustomError(
                "another",
                "`another_reason` is required if `another` is true and must be omitted otherwise",
            )
        if self.another and self.purpose is not Purpose.NEW:
            raise PydanticCustomError(
                "another", "`another` must be omitted unless `purpose` is `new`"
            )
        return self


class ProgramApplicationBody(_ApplicationBody):
    """An application of a treatment program."""

    kind: Literal[Kind.PROGRAM]
    name: Line = Field(description="Name of the program.")
    headquarters_county: CountyCode = Field(
        description="County of the program's headquarters: its name or FIPS code."
    )
    served_counties: Annotated[tuple[CountyCode, ...], Field(max_length=MOST_COUNTIES)] = Field(
        default=(),
        description="Other counties that the program serves, by name or FIPS code. The "
        "headquarters county is always served and need not be repeated.",
    )
    client_band: ClientBand = Field(
        description="How many clients the program has. The application fee depends on it."
    )
    entity_type: EntityType | None = Field(
        default=None, description="Legal form of the program. Null if not stated."
    )
    documents: Documents = ()

    def command(self, applicant_id: UUID) -> SubmitApplication:
        """Build the command that submits the application."""
        return SubmitApplication(
            kind=Kind.PROGRAM,
            applicant_id=applicant_id,
            name=self.name,
            documents=self.documents,
            client_band=self.client_band,
            entity_type=self.entity_type,
            place=self.place,
            purpose=self.purpose,
            certification_id=self.certification_id,
            is_draft=self.draft,
            another_reason=self.another_reason,
        )

    def draft_change(self, application_id: UUID, applicant_id: UUID, seen: Seen) -> ChangeDraft:
        """Build the command that changes a draft."""
        return ChangeDraft(
            application_id=application_id,
            applicant_id=applicant_id,
            name=self.name,
            level=None,
            client_band=self.client_band,
            entity_type=self.entity_type,
            place=self.place,
            another_reason=self.another_reason,
            seen_version=seen,
        )

    @property
    def place(self) -> ProgramPlace:
        """The program's counties; the headquarters county is removed from the served ones."""
        served = tuple(sorted(set(self.served_counties) - {self.headquarters_county}))
        return ProgramPlace(self.headquarters_county, served)


class ProviderApplicationBody(_ApplicationBody):
    """An application of an individual provider."""

    kind: Literal[Kind.PROVIDER]
    name: Line = Field(description="Name of the provider.")
    level: Level = Field(description="Level of certification that the provider applies for.")
    documents: Documents = ()

    def command(self, applicant_id: UUID) -> SubmitApplication:
        """Build the command that submits the application."""
        return SubmitApplication(
            kind=Kind.PROVIDER,
            applicant_id=applicant_id,
            name=self.name,
            documents=self.documents,
            level=self.level,
            purpose=self.purpose,
            certification_id=self.certification_id,
            is_draft=self.draft,
            another_reason=self.another_reason,
        )

    def draft_change(self, application_id: UUID, applicant_id: UUID, seen: Seen) -> ChangeDraft:
        """Build the command that changes a draft."""
        return ChangeDraft(
            application_id=application_id,
            applicant_id=applicant_id,
            name=self.name,
            level=self.level,
            client_band=None,
            entity_type=None,
            place=None,
            another_reason=self.another_reason,
            seen_version=seen,
        )


ApplicationBody = Annotated[
    ProgramApplicationBody | ProviderApplicationBody, Field(discriminator="kind")
]
