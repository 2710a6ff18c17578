"""What is wrong with a value is said in words that a county's developer understands."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from shared.validation_messages import message_of


class Shape(StrEnum):
    """Two kinds of shapes."""

    ROUND = "round"
    SQUARE = "square"


class Round(BaseModel):
    """The first kind."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal[Shape.ROUND]
    radius: int = 1


class Square(BaseModel):
    """The second kind."""

    kind: Literal[Shape.SQUARE]


EITHER = Annotated[Round | Square, Field(discriminator="kind")]
NAME = Annotated[str, Field(min_length=1, max_length=2)]
NAMES = Annotated[tuple[str, ...], Field(min_length=1, max_length=2)]


def _refuse(value: str) -> str:
    raise ValueError("must be a county of California")


DATE = "must be a date such as 2026-12-01"
TIME = "must be a date and time such as 2026-12-01T09:30:00-08:00"
CASES = [
    (NAME, "", "must have at least 1 character"),
    (NAME, "abc", "must have at most 2 characters"),
    (Annotated[str, Field(pattern="^x$")], "y", "must match the pattern ^x$"),
    (str, 3, "must be a text"),
    (NAMES, [], "must have at least 1 item"),
    (NAMES, ["a"] * 3, "must have at most 2 items"),
    (Annotated[list[str], Field(min_length=11)], [], "must have at least 11 items"),
    (NAMES, 3, "must be a list"),
    (int, "many", "must be a whole number"),
    (int, 1.5, "must be a whole number"),
    (float, "many", "must be a number"),
    (bool, "perhaps", "must be true or false"),
    (Annotated[int, Field(ge=1)], 0, "must be at least 1"),
    (Annotated[int, Field(le=1)], 2, "must be at most 1"),
    (Annotated[int, Field(gt=1)], 1, "must be greater than 1"),
    (Annotated[int, Field(lt=1)], 1, "must be less than 1"),
    (Shape, "flat", "must be 'round' or 'square'"),
    (Literal["a", "b"], "c", "must be 'a' or 'b'"),
    (UUID, "me", "must be a UUID"),
    (date, "soon", DATE),
    (date, [], DATE),
    (datetime, "soon", TIME),
    (AwareDatetime, "2026-12-01T09:30:00", "must have a time zone, such as"),
    (Round, 3, "must be a JSON object"),
    (dict[str, int], 3, "must be a JSON object"),
    (None, 3, "must be null"),
    (Round, {}, "is required"),
    (Round, {"kind": "round", "more": 2}, "is not a field of this request"),
    (EITHER, {"kind": "flat"}, "must be 'round' or 'square'"),
    (EITHER, {}, "is required"),
    (Annotated[str, AfterValidator(_refuse)], "Xx", "must be a county of California"),
    (bytes, 3, "Input should be a valid bytes"),
]


@pytest.mark.parametrize(("kind", "sent", "message"), CASES, ids=range(len(CASES)))
def test_a_wrong_value_is_refused_in_plain_words(kind: Any, sent: object, message: str) -> None:  # noqa: ANN401 - a type
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(sent)

    assert message_of(refused.value.errors()[0]).startswith(message)


def test_an_error_that_says_no_more_than_its_kind_keeps_its_own_sentence() -> None:
    error = {"type": "value_error", "msg": "Value error, not so"}

    assert message_of(error) == "Value error, not so"


def test_a_text_that_is_empty_after_its_blanks_are_taken_off_is_counted_in_characters() -> None:
    error = {"type": "too_short", "input": " ", "ctx": {"min_length": 1}}

    assert message_of(error) == "must have at least 1 character"
