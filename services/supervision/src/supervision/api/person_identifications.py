"""Route that finds the person named in a DOJ notice. POST keeps identifiers out of URLs."""

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
    """A person's identifiers as written in a DOJ notice. Every request gets an outcome."""

    cii_number: AsNoticed = Field(
        description="CII number as DOJ wrote it. An unreadable one is accepted."
    )
    birth_date: Day = Field(description="Birth date as DOJ wrote it.")
    family_name: AsNoticed = Field(
        description="Family name as DOJ wrote it. Case, accents, apostrophes, hyphens, spaces and "
        "a suffix such as JR are ignored when it is compared."
    )
    instrument: InstrumentAsNoticed | None = Field(
        default=None,
        description="Instrument named in the notice. It is only kept in the audit record.",
    )


class IdentifiedCaseAnswer(BaseModel):
    """A case of the person with this CII number."""

    case_id: UUID
    person_id: UUID
    agency: str = Field(description="Code of the agency that supervises the case.")


class IdentificationAnswer(BaseModel):
    """Result of the comparison. The same request gives it until a record changes."""

    outcome: Identification = Field(
        description="`matched`: CII number, birth date and family name belong to one person. "
        "`name-differs`: CII number and birth date match a person, but the family name does not. "
        "`birth-date-differs`: the CII number matches a person with another birth date; the family "
        "name may differ too. `unknown`: no recorded person has this CII number. `unreadable`: the "
        "CII number is not valid, or the family name contains no letter."
    )
    cases: list[IdentifiedCaseAnswer] = Field(
        description="The person's cases if the outcome is `matched`. Otherwise empty."
    )
    near_cases: list[IdentifiedCaseAnswer] = Field(
        description="Cases of the person with this CII number if the name or the birth date "
        "differs. Otherwise empty. Someone must check before a score is assigned to one of them."
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
    """Find the person with these identifiers, and that person's cases.

    Only the gateway may call this. Each call is recorded in the audit record.
    """
    command = IdentifyPerson(**body.model_dump())
    found = await identify_person(tx, command, fields)
    cases = [IdentifiedCaseAnswer(**each.__dict__) for each in found.cases]
    is_matched = found.outcome is Identification.MATCHED
    return IdentificationAnswer(
        outcome=found.outcome,
        cases=cases if is_matched else [],
        near_cases=[] if is_matched else cases,
    )
