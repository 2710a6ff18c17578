"""Routes that show the risk assessment instruments."""

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
    CalendarDate | None, Query(description="Day of scoring. If omitted, today in California.")
]


class ItemAnswer(BaseModel):
    """One item of an instrument. The text of licensed tools is not stored here."""

    code: str
    domain: str | None = Field(
        description="Name of the domain that the item belongs to. Null if the instrument has none."
    )
    values: list[int] = Field(description="Values that may be entered for the item.")


class LevelAnswer(BaseModel):
    """A risk level and the range of totals that give it."""

    code: str
    least: int = Field(description="Lowest total of the level.")
    greatest: int = Field(description="Highest total of the level, included.")


class InstrumentAnswer(BaseModel):
    """One version of a risk assessment instrument."""

    code: str
    version: str
    title: str
    kind: str = Field(
        description="What the instrument measures: `static`, `dynamic` or `violence`."
    )
    effective_from: date = Field(description="First day of scoring for which this version is used.")
    is_provisional: bool = Field(
        description="True if the definition is believed to be correct but no source was seen."
    )
    source: str = Field(description="Where the definition comes from.")
    scored_by: str = Field(description="Role that scores the instrument: `officer` or `provider`.")
    agency_kinds: list[str] = Field(
        description="Kinds of agency whose officers may score the instrument. Empty if providers "
        "score it."
    )
    scored_in: str | None = Field(
        description="Code of the external tool in which the instrument is scored. Null if it is "
        "not scored in one."
    )
    reporting_rule: str | None = Field(
        description="Name of the rule by which the score is reported to DOJ. Null if it is not "
        "reported."
    )
    is_overridable: bool = Field(
        description="Whether the scorer may replace the computed level, with a reason."
    )
    computation: str = Field(
        description="How the total is computed: `sum` of the items, or `sum-of-domain-means`."
    )
    total_least: int = Field(description="Lowest possible total.")
    total_greatest: int = Field(description="Highest possible total.")
    domains: list[str] = Field(
        description="Names of the domains. Empty if the instrument has no domains."
    )
    items: list[ItemAnswer] = Field(description="All items. Each one must be entered.")
    levels: list[LevelAnswer] = Field(
        description="Levels that are computed from the total. Empty if the scorer records the "
        "level."
    )
    recorded_levels: list[str] = Field(
        description="Level codes from which the scorer records one as `level`. Empty if the level "
        "is computed."
    )


class InstrumentsAnswer(BaseModel):
    """The instruments in force on a day."""

    items: list[InstrumentAnswer]
    next: None = Field(default=None, description="Always null: the list is one page.")


@router.get("", operation_id="list_instruments", dependencies=[_EVERYONE])
async def get_instruments(
    tx: CurrentTransaction, parts: CurrentParts, as_of: AsOf = None
) -> InstrumentsAnswer:
    """List the instruments in force on a day."""
    found = parts.instruments.in_force(as_of or tx.today)
    return InstrumentsAnswer(items=[_answer(each) for each in found])


@router.get("/{code}", operation_id="show_instrument", dependencies=[_EVERYONE])
async def get_instrument(
    code: str, tx: CurrentTransaction, parts: CurrentParts, as_of: AsOf = None
) -> InstrumentAnswer:
    """Show the version of an instrument that is in force on a day."""
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
