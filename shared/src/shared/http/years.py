"""The years in which a request's dates must lie, for validation and OpenAPI alike."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_MONTH_AND_DAY = "-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
CENTURY = 100


@dataclass(frozen=True)
class Years:
    """Limits a date or an instant: `Annotated[PlainDate, Years(1900, 2200)]`, both inclusive.

    Both years must begin a century, so that a regular expression can state them.
    """

    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse years that the pattern cannot state."""
        if self.first % CENTURY or self.last % CENTURY or self.first >= self.last:
            raise ValueError(
                "both years must begin a century, and the first must be before the last"
            )

    def check(self, value: date) -> date:
        """Return the date or instant; raises pydantic's error if it is outside the years."""
        if not self.first <= value.year <= self.last:
            raise PydanticCustomError("years", f"must lie in the years {self.first} to {self.last}")
        return value

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check after the date was read."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add the pattern and the years to the JSON schema."""
        said = handler(schema)
        centuries = "|".join(map(str, range(self.first // CENTURY, self.last // CENTURY)))
        form = _TIME if said.get("format") == "date-time" else ""
        said["pattern"] = f"^(({centuries})[0-9]{{2}}|{self.last}){_MONTH_AND_DAY}{form}$"
        return said
