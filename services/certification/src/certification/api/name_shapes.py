"""Under which names a provider or program went, and when."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, Field

from certification.domain.amendments import Period


class DatedName(BaseModel):
    """A name, and when the holder had it."""

    name: str
    effective_from: date | None = Field(description="First day. Null for the first name.")
    effective_until: date | None = Field(
        description="First day of the next name. Null for today's."
    )


def dated_names(periods: Iterable[Period]) -> list[DatedName]:
    """Shape them, the first name first."""
    return [
        DatedName(
            name=str(each.told["name"]),
            effective_from=each.effective_from,
            effective_until=each.effective_until,
        )
        for each in periods
    ]
