"""Checking many public numbers at once, for agencies that keep their own list."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from certification.api.register_shapes import PublicNumber, RegisterEntryAnswer, entry_answer
from certification.domain.applications import Kind
from certification.use_cases.check_register import Checked, CheckRegister, check_register
from shared.http.routes import CurrentTransaction, public_router
from shared.http.shapes import CalendarDate, RequestBody

router = public_router("/v1/register/checks", tags=["register"])

MOST_NUMBERS = 1_000


class CheckBody(RequestBody):
    """The public numbers to check, and the day."""

    numbers: Annotated[list[PublicNumber], Field(min_length=1, max_length=MOST_NUMBERS)] = Field(
        description="Public numbers, for example `PRV-000001`. At least 1 and at most 1,000."
    )
    kind: Kind | None = Field(
        default=None,
        description="If set, only numbers of this kind are found; other numbers are answered as "
        "unknown. If omitted, both kinds.",
    )
    as_of: CalendarDate | None = Field(
        default=None, description="Day for which to check: today or earlier. If omitted, today."
    )


class CheckedNumber(BaseModel):
    """The result for one number."""

    number: str = Field(description="The number as it was sent.")
    is_known: bool = Field(
        description="Whether the number belongs to a provider or program of the requested kind."
    )
    entry: RegisterEntryAnswer | None = Field(
        description="The register's entry. Null if the number is unknown."
    )


class CheckAnswer(BaseModel):
    """The results, in the order of the numbers sent."""

    as_of: date = Field(description="The day for which the numbers were checked.")
    items: list[CheckedNumber]


@router.post("", operation_id="check_register")
async def post_register_check(body: CheckBody, tx: CurrentTransaction) -> CheckAnswer:
    """Check up to 1,000 public numbers for one day.

    This operation changes nothing.
    """
    day = body.as_of or tx.today
    command = CheckRegister(body.numbers, body.kind, day)
    found = await check_register(tx, command)
    return CheckAnswer(as_of=day, items=[_answer(each) for each in found])


def _answer(checked: Checked) -> CheckedNumber:
    entry = checked.entry
    return CheckedNumber(
        number=checked.number,
        is_known=entry is not None,
        entry=entry_answer(entry) if entry else None,
    )
