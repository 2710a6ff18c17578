"""Many numbers checked at once, for agencies that hold a list of their own."""

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
    """Which numbers, and on which day."""

    numbers: Annotated[list[PublicNumber], Field(min_length=1, max_length=MOST_NUMBERS)]
    kind: Kind | None = Field(default=None, description="Only numbers of this kind are known.")
    as_of: CalendarDate | None = Field(default=None, description="A day gone by, not today.")


class CheckedNumber(BaseModel):
    """One number as it was asked for."""

    number: str
    is_known: bool
    entry: RegisterEntryAnswer | None = Field(description="Null where nobody holds the number.")


class CheckAnswer(BaseModel):
    """The answers, in the order of the numbers."""

    as_of: date
    items: list[CheckedNumber]


@router.post("", operation_id="check_register")
async def post_register_check(body: CheckBody, tx: CurrentTransaction) -> CheckAnswer:
    """Check up to 1,000 numbers on one day; it changes nothing."""
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
