"""The names that a provider or program has had, with their dates."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, Field

from certification.domain.amendments import Period


class DatedName(BaseModel):
    """A name, and the period in which the holder had it."""

    name: str
    effective_from: date | None = Field(
        description="First day of this name. Null for the first name."
    )
    effective_until: date | None = Field(
        description="First day of the next name. Null for the present name."
    )


def dated_names(periods: Iterable[Period]) -> list[DatedName]:
    """Build the response for all names, oldest first."""
    return [
        DatedName(
            name=str(each.told["name"]),
            effective_from=each.effective_from,
            effective_until=each.effective_until,
        )
        for each in periods
    ]
