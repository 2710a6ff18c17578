"""Shows anybody every status of a number's holder, and what led to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from certification.domain.amendments import Period
from certification.domain.applications import Kind
from certification.domain.register import Holder, RegisterStep, steps_of
from certification.storage import register
from certification.storage.register import PublicChange
from certification.use_cases.look_up_register_entry import numbered_holder
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class History:
    """Every status period and every change, without reasons."""

    holder: Holder
    names: Sequence[Period]
    steps: Sequence[RegisterStep]
    changes: Sequence[PublicChange]


async def show_register_history(tx: Transaction, kind: Kind, number: str) -> History:
    """Read the history; NotFoundError if nobody has the number."""
    holder = await numbered_holder(tx, kind, number)
    names = holder.names or (Period({"name": holder.name}),)
    return History(holder, names, steps_of(holder), await register.changes_of(tx, holder))
