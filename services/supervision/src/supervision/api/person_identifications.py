"""Whose identifiers DOJ's notice carries: asked by POST, so that none is ever in a URL."""

from typing import Annotated
from uuid import UUID

from fastapi import status
from pydantic import BaseModel, Field, StringConstraints

from shared.http.routes import (
    AskingRoute,
    CurrentPersonalFields,
    CurrentTransaction,
    allow_service,
    guarded_router,
)
from shared.http.shapes import RequestBody
from supervision.api.field_types import Day
from supervision.domain.persons import Identification
from supervision.use_cases.identify_person import IdentifyPerson, identify_person

router = guarded_router("/v1/person-identifications", tags=["person-identifications"])
router.route_class = AskingRoute

AsNoticed = Annotated[str, StringConstraints(min_length=1, max_length=120)]
InstrumentAsNoticed = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,62}$")]


class IdentificationBody(RequestBody):
    """The identifiers as DOJ's notice writes them. Whatever they are, they get an outcome."""

    cii_number: AsNoticed = Field(
        description="The CII number as DOJ writes it. It may be one that cannot be read."
    )
    birth_date: Day
    family_name: AsNoticed = Field(
        description="The family name as DOJ writes it. Case, accents, apostrophes, hyphens, "
        "blanks and a suffix such as JR make no difference."
    )
    instrument: InstrumentAsNoticed | None = Field(
        default=None, description="The instrument of the notice, for the audit record."
    )


class IdentifiedCaseAnswer(BaseModel):
    """A case of the person who has the CII number."""

    case_id: UUID
    person_id: UUID
    agency: str = Field(description="Code of the agency that supervises the case.")


class IdentificationAnswer(BaseModel):
    """What came of it. An outcome stands until a record or the notice changes."""

    outcome: Identification = Field(
        description="`matched`: CII number, birth date and family name are one person's. "
        "`name-differs`: the CII number and the birth date are one person's, the family name is "
        "not. `birth-date-differs`: the CII number is a person's who has another birth date; the "
        "family name may differ too. `unknown`: nobody here has this CII number. `unreadable`: "
        "this is no CII number, or the family name has no letter."
    )
    cases: list[IdentifiedCaseAnswer] = Field(
        description="The person's cases if the outcome is `matched`; otherwise empty."
    )
    near_cases: list[IdentifiedCaseAnswer] = Field(
        description="The cases of the person with this CII number if the name or the birth date "
        "differs; otherwise empty. Somebody must look at both before a score is put with one."
    )


@router.post(
    "",
    operation_id="identify_person",
    status_code=status.HTTP_200_OK,
    dependencies=[allow_service("doj-gateway")],
)
async def post_person_identification(
    tx: CurrentTransaction, body: IdentificationBody, fields: CurrentPersonalFields
) -> IdentificationAnswer:
    """Say whose identifiers these are, and that person's cases. The asking is audited."""
    command = IdentifyPerson(**body.model_dump())
    found = await identify_person(tx, command, fields)
    cases = [IdentifiedCaseAnswer(**each.__dict__) for each in found.cases]
    is_matched = found.outcome is Identification.MATCHED
    return IdentificationAnswer(
        outcome=found.outcome,
        cases=cases if is_matched else [],
        near_cases=[] if is_matched else cases,
    )
