"""Who owes DOJ a score, from when, and how the score reaches DOJ (Penal Code 290.09).

Under the Board's standards the officer sends the dynamic score within 5 working days of receipt,
and an LS/CMI scored online reaches DOJ directly. Under Senate Bill 1473 the provider owes both for
assessments from 2025 on. The edition in force decides what is owed; it is not coded here.
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
    """The gateway sends DOJ's form with the score."""
    AUTOMATIC = "automatic"
    """The tool in which it was scored submits it. DOJ sends a notice, which is acknowledged."""


@dataclass(frozen=True)
class Reporting:
    """The rule by which an instrument's score is owed to DOJ, and how the score gets there."""

    rule: str
    route: Route


REPORTING: Mapping[str, Reporting] = {
    "sra-fv": Reporting(DYNAMIC_SCORE_TO_DOJ, Route.FORWARDED),
    "ls-cmi": Reporting(VIOLENCE_SCORE_TO_DOJ, Route.AUTOMATIC),
}
"""Instruments that are reported. No duty toward DOJ is known for other instruments."""


@dataclass(frozen=True)
class Sides:
    """Who may owe a score: the officer's side and the provider's side."""

    agency: str
    officer_id: UUID | None
    provider_id: UUID
    program_id: UUID | None


@dataclass(frozen=True)
class Obligation:
    """A duty toward DOJ whose clock has started, and who owes it."""

    rule: str
    owner: Owner


def obligation(
    edition: Edition, instrument: str, facts: Sequence[Fact], sides: Sides
) -> Obligation | None:
    """Return what is owed; None if nobody owes it or its clock has not started."""
    reporting = REPORTING.get(instrument)
    if reporting is None:
        return None
    regime = _regime(edition, reporting.rule, facts)
    if regime is None or regime.start not in {fact.name for fact in facts}:
        return None
    return Obligation(reporting.rule, owner_as(regime.owners[0], sides))


def owner_as(role: str, sides: Sides) -> Owner:
    """Return the owner of a duty in a role: the provider's side or the officer's side."""
    if role == PROVIDER:
        program = None if sides.program_id is None else str(sides.program_id)
        return Owner(role, agency=program, person=sides.provider_id)
    return Owner(role, agency=sides.agency, person=sides.officer_id)


def _regime(edition: Edition, rule: str, facts: Sequence[Fact]) -> Regime | None:
    try:
        return edition.rule(rule).regime(facts)
    except (NoDutyError, MissingFactError):
        return None
