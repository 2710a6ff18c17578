"""Who owes DOJ a score, from which fact on, and by which route it goes (Penal Code 290.09).

Under the Board's standards the officer sends the dynamic score within working days of receipt,
and an LS/CMI scored online reaches DOJ by itself. Under Senate Bill 1473 the provider owes both
for assessments from 2025 on. What is owed is read from the edition in force, never coded here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from doj_gateway.domain.duty_rules import DYNAMIC_SCORE_TO_DOJ, VIOLENCE_SCORE_TO_DOJ
from shared.law.counting.facts import Fact, MissingFactError
from shared.law.counting.rules import Edition, NoDutyError, Regime
from shared.law.duty.duties import Owner

OFFICER = "officer"
PROVIDER = "provider"


class Route(StrEnum):
    """How a score reaches DOJ."""

    FORWARDED = "forwarded"
    """The gateway sends DOJ's form."""
    AUTOMATIC = "automatic"
    """It reaches DOJ by itself, from the tool it was scored in: expected, noticed, acknowledged."""


@dataclass(frozen=True)
class Reporting:
    """The rule by which an instrument's score is owed to DOJ, and its route."""

    rule: str
    route: Route


REPORTING: Mapping[str, Reporting] = {
    "sra-fv": Reporting(DYNAMIC_SCORE_TO_DOJ, Route.FORWARDED),
    "ls-cmi": Reporting(VIOLENCE_SCORE_TO_DOJ, Route.AUTOMATIC),
}
"""Instruments that are reported; no duty toward DOJ is known for the others."""


@dataclass(frozen=True)
class Sides:
    """Who may come to owe a score: the officer's side and the provider's."""

    agency: str
    officer_id: UUID | None
    provider_id: UUID
    program_id: UUID | None


@dataclass(frozen=True)
class Obligation:
    """A duty toward DOJ that the facts have started, and who owes it."""

    rule: str
    owner: Owner


def obligation(
    edition: Edition, instrument: str, facts: Sequence[Fact], sides: Sides
) -> Obligation | None:
    """Say what is owed by now; None where nobody owes it or its clock has not started."""
    reporting = REPORTING.get(instrument)
    if reporting is None:
        return None
    regime = _regime(edition, reporting.rule, facts)
    if regime is None or regime.start not in {fact.name for fact in facts}:
        return None
    return Obligation(reporting.rule, owner_as(regime.owners[0], sides))


def owner_as(role: str, sides: Sides) -> Owner:
    """Say who owes it in that role."""
    if role == PROVIDER:
        program = None if sides.program_id is None else str(sides.program_id)
        return Owner(role, agency=program, person=sides.provider_id)
    return Owner(role, agency=sides.agency, person=sides.officer_id)


def _regime(edition: Edition, rule: str, facts: Sequence[Fact]) -> Regime | None:
    try:
        return edition.rule(rule).regime(facts)
    except (NoDutyError, MissingFactError):
        return None
