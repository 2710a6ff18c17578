"""The register, for anybody: who is certified, today or on a day gone by, and since when."""

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
    """One entry, and the day that it is for."""

    as_of: date


class HistoryStanding(BaseModel):
    """How the holder stood for a while; the last standing has no end."""

    status: Status
    level: Level | None
    effective_from: date
    effective_until: date | None = Field(description="First day on which another one holds.")


class HistoryChange(BaseModel):
    """What happened to a certification; its reasons are not public."""

    change: str
    level: Level | None
    effective_on: date = Field(description="From which day it holds.")
    effective_from: date = Field(description="First day of the certification's term after it.")
    effective_until: date = Field(description="First day after the certification's term after it.")
    recorded_at: datetime


class RegisterHistory(BaseModel):
    """Everything the register has on a number."""

    kind: Kind
    number: str
    name: str = Field(description="Today's.")
    names: list[DatedName] = Field(description="Every name it has had, the first one first.")
    standings: list[HistoryStanding]
    changes: list[HistoryChange]


@router.get("/{kind}/{number}", operation_id="look_up_register_entry")
async def get_register_entry(
    kind: OfKind, number: OfNumber, tx: CurrentTransaction, as_of: AsOf = None
) -> RegisterAnswer:
    """Look up how the holder of a number stands; a number stays through renewal and upgrade."""
    day = as_of or tx.today
    entry = await look_up_register_entry(tx, kind, number, day)
    return RegisterAnswer(as_of=day, **entry_answer(entry).model_dump())


@router.get("/{kind}/{number}/history", operation_id="show_register_history")
async def get_register_history(
    kind: OfKind, number: OfNumber, tx: CurrentTransaction
) -> RegisterHistory:
    """Show every standing of a number and every change, also those known to come."""
    history = await show_register_history(tx, kind, number)
    return RegisterHistory(
        kind=history.holder.kind,
        number=history.holder.number,
        name=history.holder.name,
        names=dated_names(history.names),
        standings=[HistoryStanding(**vars(step)) for step in history.steps],
        changes=[HistoryChange(**vars(change)) for change in history.changes],
    )
