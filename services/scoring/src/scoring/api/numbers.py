"""The JSON form of totals: an integer if the value is whole, else a decimal number."""

from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema


def _shown(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(_shown), WithJsonSchema({"type": "number"})]
