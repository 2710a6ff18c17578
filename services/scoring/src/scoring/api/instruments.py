"""Instruments: what may be scored, by whom, with which codes and how it adds up."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from scoring.domain.instruments import Instrument
from scoring.parts import CurrentParts
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate
from shared.security.principals import Role

router = guarded_router("/v1/instruments", tags=["instruments"])
_EVERYONE = allow(*Role)


AsOf = Annotated[
    CalendarDate | None, Query(description="Day of scoring; today in California when left out.")
]


class ItemAnswer(BaseModel):
    """One item by its code; texts of licensed tools are not kept here."""

    code: str
    domain: str | None
    values: list[int]


class LevelAnswer(BaseModel):
    """A level and the totals that have it."""

    code: str
    least: int
    greatest: int


class InstrumentAnswer(BaseModel):
    """One version of an instrument."""

    code: str
    version: str
    title: str
    kind: str
    effective_from: date
    is_provisional: bool = Field(description="Believed true, not seen in a source.")
    source: str
    scored_by: str
    agency_kinds: list[str]
    scored_in: str | None
    reporting_rule: str | None
    is_overridable: bool
    computation: str
    total_least: int
    total_greatest: int
    domains: list[str]
    items: list[ItemAnswer]
    levels: list[LevelAnswer] = Field(
        description="The levels that are computed from the total. Empty if the scorer records the "
        "level."
    )
    recorded_levels: list[str] = Field(
        description="The codes of which the scorer records one as `level`. Empty if the level is "
        "computed."
    )


class InstrumentsAnswer(BaseModel):
    """The instruments in force on a day."""

    items: list[InstrumentAnswer]
    next: None = None


@router.get("", operation_id="list_instruments", dependencies=[_EVERYONE])
async def get_instruments(
    tx: CurrentTransaction, parts: CurrentParts, as_of: AsOf = None
) -> InstrumentsAnswer:
    """List the instruments in force."""
    found = parts.instruments.in_force(as_of or tx.today)
    return InstrumentsAnswer(items=[_answer(each) for each in found])


@router.get("/{code}", operation_id="show_instrument", dependencies=[_EVERYONE])
async def get_instrument(
    code: str, tx: CurrentTransaction, parts: CurrentParts, as_of: AsOf = None
) -> InstrumentAnswer:
    """Show one instrument."""
    return _answer(parts.instruments.known(code, as_of or tx.today))


def _answer(instrument: Instrument) -> InstrumentAnswer:
    return InstrumentAnswer(
        code=instrument.code,
        version=instrument.version,
        title=instrument.title,
        kind=instrument.kind,
        effective_from=instrument.effective_from,
        is_provisional=instrument.is_provisional,
        source=instrument.source,
        scored_by=instrument.scored_by,
        agency_kinds=list(instrument.agency_kinds),
        scored_in=instrument.scored_in,
        reporting_rule=instrument.reporting_rule,
        is_overridable=instrument.is_overridable,
        computation=instrument.computation,
        total_least=instrument.total.least,
        total_greatest=instrument.total.greatest,
        domains=list(instrument.domains),
        items=[
            ItemAnswer(code=item.code, domain=item.domain, values=list(item.allowed))
            for item in instrument.items
        ],
        levels=[
            LevelAnswer(code=level.code, least=level.totals.least, greatest=level.totals.greatest)
            for level in instrument.levels
        ],
        recorded_levels=list(instrument.recorded_levels),
    )
