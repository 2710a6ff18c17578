"""Request and response fields that the register's routes share."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field, StringConstraints

from certification.domain.applications import Kind, Level
from certification.domain.register import RegisterEntry, RegisterStep
from certification.domain.standings import Status
from shared.http.shapes import CalendarDate

PublicNumber = Annotated[
    str, StringConstraints(pattern=r"^(PRG|PRV)-[0-9]{6,12}$"), Field(examples=["PRG-000001"])
]
OfKind = Annotated[Kind, Path(description="Whether the number belongs to a provider or a program.")]
OfNumber = Annotated[PublicNumber, Path(description="The public number, for example `PRG-000001`.")]
AsOf = Annotated[
    CalendarDate | None,
    Query(description="Day for which to answer: today or earlier. If omitted, today."),
]


class NextChange(BaseModel):
    """The next change of status that is known now; others may still be decided."""

    status: Status = Field(description="Status from that day on.")
    level: Level | None = Field(
        description="Level of the provider from that day on. Null for a program."
    )
    effective_on: date = Field(description="First day of the next status.")


class RegisterEntryAnswer(BaseModel):
    """The register's entry for a holder on a day, as known now."""

    kind: Kind = Field(description="Whether the holder is a provider or a program.")
    number: str = Field(description="Public number of the holder.")
    name: str = Field(description="Name of the holder on that day.")
    level: Level | None = Field(
        description="Level of the provider. Null for a program, and before the first certification."
    )
    status: Status = Field(description="Status on that day.")
    since: date | None = Field(
        description="First day of the unbroken time with this status. Null before the first "
        "certification."
    )
    certified_since: date | None = Field(
        description="First day of the unbroken time in force around that day, including "
        "suspensions. Null if not in force."
    )
    effective_until: date | None = Field(
        description="First day on which it is no longer in force, as far as known now. Null if "
        "not in force."
    )
    next_change: NextChange | None = Field(
        description="The next known change of status. Null if none is known."
    )
    conditions: list[str] = Field(
        description="Public conditions of the certification that is in force on that day. Empty "
        "if there are none."
    )


def entry_answer(entry: RegisterEntry) -> RegisterEntryAnswer:
    """Build the response for one entry."""
    return RegisterEntryAnswer(
        kind=entry.kind,
        number=entry.number,
        name=entry.name,
        level=entry.level,
        status=entry.status,
        since=entry.since,
        certified_since=entry.certified_since,
        effective_until=entry.effective_until,
        next_change=_next_change(entry.next_change),
        conditions=list(entry.conditions),
    )


def _next_change(step: RegisterStep | None) -> NextChange | None:
    if step is None:
        return None
    return NextChange(status=step.status, level=step.level, effective_on=step.effective_from)
