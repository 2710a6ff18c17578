"""What the register's routes take and answer alike."""

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
OfKind = Annotated[Kind, Path(description="Whose number it is.")]
OfNumber = Annotated[PublicNumber, Path(description="The public number.")]
AsOf = Annotated[
    CalendarDate | None, Query(description="A day gone by, instead of today; none that is to come.")
]


class NextChange(BaseModel):
    """What is known to come; more may, that nobody has decided yet."""

    status: Status
    level: Level | None
    effective_on: date


class RegisterEntryAnswer(BaseModel):
    """What the register says of a holder on a day, as it is known now."""

    kind: Kind
    number: str
    name: str = Field(description="The name that the holder had on that day.")
    level: Level | None = Field(description="Of a provider; null for a program.")
    status: Status
    since: date | None = Field(
        description="First day from which the status holds without a break; null before the first."
    )
    certified_since: date | None = Field(
        description="First day of the unbroken time in force around that day, suspensions included;"
        " null where it is not in force."
    )
    effective_until: date | None = Field(
        description="First day on which, as far as is known, it is no longer in force."
    )
    next_change: NextChange | None
    conditions: list[str] = Field(
        description="Conditions of the Board that are public, if it is in force on that day."
    )


def entry_answer(entry: RegisterEntry) -> RegisterEntryAnswer:
    """Shape one entry."""
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
