"""The public register: who is or was certified, and since when."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from certification.api.name_shapes import DatedName, dated_names
from certification.api.register_shapes import (
    AsOf,
    OfKind,
    OfNumber,
    RegisterEntryAnswer,
    entry_answer,
)
from certification.domain.applications import Kind, Level
from certification.domain.standings import Status
from certification.use_cases.look_up_register_entry import look_up_register_entry
from certification.use_cases.show_register_history import show_register_history
from shared.http.routes import CurrentTransaction, public_router

router = public_router("/v1/register", tags=["register"])


class RegisterAnswer(RegisterEntryAnswer):
    """One entry of the register for one day."""

    as_of: date = Field(description="The day for which the entry is shown.")


class HistoryStanding(BaseModel):
    """A period in which the holder of a number had one status and level."""

    status: Status
    level: Level | None = Field(description="Level of the provider. Null for a program.")
    effective_from: date = Field(description="First day of this status.")
    effective_until: date | None = Field(
        description="First day of the next status. Null for the last one."
    )


class HistoryChange(BaseModel):
    """One change of a certification. Its reasons are not public."""

    change: str = Field(
        description="What happened, for example `granted`, `suspended` or `expired`."
    )
    level: Level | None = Field(description="Level of the provider. Null for a program.")
    effective_on: date = Field(description="First day on which the change is in effect.")
    effective_from: date = Field(description="First day of the certification after this change.")
    effective_until: date = Field(
        description="First day on which the certification is no longer valid, after this change."
    )
    recorded_at: datetime = Field(description="When the change was recorded.")


class RegisterHistory(BaseModel):
    """Everything that the register contains about a public number."""

    kind: Kind = Field(description="Whether the holder is a provider or a program.")
    number: str
    name: str = Field(description="Name of the holder today.")
    names: list[DatedName] = Field(description="Every name that the holder has had, oldest first.")
    standings: list[HistoryStanding] = Field(
        description="Every status of the holder, oldest first, including those known for future "
        "days."
    )
    changes: list[HistoryChange] = Field(
        description="Every change of the holder's certifications, oldest first."
    )


@router.get("/{kind}/{number}", operation_id="look_up_register_entry")
async def get_register_entry(
    kind: OfKind, number: OfNumber, tx: CurrentTransaction, as_of: AsOf = None
) -> RegisterAnswer:
    """Show the status of the holder of a public number on a day.

    A number stays the same through renewals and upgrades.
    """
    day = as_of or tx.today
    entry = await look_up_register_entry(tx, kind, number, day)
    return RegisterAnswer(as_of=day, **entry_answer(entry).model_dump())


@router.get("/{kind}/{number}/history", operation_id="show_register_history")
async def get_register_history(
    kind: OfKind, number: OfNumber, tx: CurrentTransaction
) -> RegisterHistory:
    """Show every status and change of a public number, including those known for future days."""
    history = await show_register_history(tx, kind, number)
    return RegisterHistory(
        kind=history.holder.kind,
        number=history.holder.number,
        name=history.holder.name,
        names=dated_names(history.names),
        standings=[HistoryStanding(**vars(step)) for step in history.steps],
        changes=[HistoryChange(**vars(change)) for change in history.changes],
    )
