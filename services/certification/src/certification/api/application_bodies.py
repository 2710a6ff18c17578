"""How the API takes an application in, of either kind and for any purpose."""

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
    Field(max_length=MOST_ITEMS, description="Codes of the checklist items that come with it."),
]


class _ApplicationBody(RequestBody):
    """What both kinds say: for what they apply, and whether it is a draft yet."""

    purpose: Purpose = Purpose.NEW
    certification_id: UUID | None = Field(
        default=None,
        description="Of the certification that is renewed or upgraded; none for a new one.",
        examples=[None],
    )
    draft: bool = Field(default=False, description="Keep it and do not submit it yet.")
    another: bool = Field(
        default=False,
        description="If true, apply although this account has an open new application for the "
        "same, or is certified already. `another_reason` must say why.",
    )
    another_reason: Lines | None = Field(
        default=None, description="Why the account applies once more. Null if `another` is false."
    )

    @model_validator(mode="after")
    def name_what_is_followed(self) -> Self:
        """Refuse a renewal or upgrade of nothing, and a new application that follows something."""
        if (self.purpose is Purpose.NEW) != (self.certification_id is None):
            raise PydanticCustomError(
                "certification_id",
                "a renewal or an upgrade names the certification it follows, a new one none",
            )
        return self

    @model_validator(mode="after")
    def say_why_another(self) -> Self:
        """Refuse another application without a reason, and a reason without another one."""
        if self.another != (self.another_reason is not None):
            raise PydanticCustomError(
                "another", "`another` true needs `another_reason`, and only then has one"
            )
        if self.another and self.purpose is not Purpose.NEW:
            raise PydanticCustomError("another", "only a new application may be another one")
        return self


class ProgramApplicationBody(_ApplicationBody):
    """A program applies."""

    kind: Literal[Kind.PROGRAM]
    name: Line
    headquarters_county: CountyCode
    served_counties: Annotated[tuple[CountyCode, ...], Field(max_length=MOST_COUNTIES)] = ()
    client_band: ClientBand
    entity_type: EntityType | None = None
    documents: Documents = ()

    def command(self, applicant_id: UUID) -> SubmitApplication:
        """Return what the use case takes."""
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
        """Return what changes a draft."""
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
        """Where it is; the county of its headquarters is served without being named again."""
        served = tuple(sorted(set(self.served_counties) - {self.headquarters_county}))
        return ProgramPlace(self.headquarters_county, served)


class ProviderApplicationBody(_ApplicationBody):
    """An individual provider applies."""

    kind: Literal[Kind.PROVIDER]
    name: Line
    level: Level
    documents: Documents = ()

    def command(self, applicant_id: UUID) -> SubmitApplication:
        """Return what the use case takes."""
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
        """Return what changes a draft."""
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
