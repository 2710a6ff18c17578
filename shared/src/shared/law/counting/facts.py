"""The facts that select a rule's regime and start its clock: what happened, when, and evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from shared.clock import california_date
from shared.errors import Fault, InvalidInputError

Moment = datetime | date
"""An instant if it is known, otherwise a date in California."""


@dataclass(frozen=True)
class Fact:
    """Something that happened; `evidence` is a reference, never a person's name or number."""

    name: str
    at: Moment
    evidence: str | None = None

    @cached_property
    def on(self) -> date:
        """The date in California."""
        return day_of(self.at)


class MissingFactError(InvalidInputError):
    """The rule cannot be applied without this fact."""


def day_of(moment: Moment) -> date:
    """Return the date in California of an instant or a date."""
    return california_date(moment) if isinstance(moment, datetime) else moment


def fact_named(facts: Iterable[Fact], name: str, rule: str) -> Fact:
    """Find the fact; raises MissingFactError with the fact and the rule that needs it."""
    for fact in facts:
        if fact.name == name:
            return fact
    raise MissingFactError(
        f"rule {rule} needs the fact {name!r}",
        code="missing-fact",
        rule=rule,
        faults=[Fault(f"facts.{name}", "is missing")],
    )
