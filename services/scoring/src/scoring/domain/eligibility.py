"""Who may score, on the day of scoring (Board standards; Penal Code 290.09, 9003).

The dynamic and violence instruments: a scorer certified for that very instrument, a certified
provider, who works in a certified program. The static one: a scorer trained for it, in the
probation or parole agency that supervises the case. Each missing piece is its own reason and says
since when.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from scoring.domain.instruments import Instrument
from shared.errors import Fault, RuleBrokenError
from shared.law.validity import Validity, lapse

RULE = "scorer-eligibility"
CITATION = "Board standards page; Penal Code 290.09, 9003"


@dataclass(frozen=True)
class ProviderStanding:
    """What is known of a provider and the program, whenever it was or will be held."""

    credentials: Sequence[Validity]
    provider_certifications: Sequence[Validity]
    program_certifications: Sequence[Validity]
    in_program: Sequence[Validity]
    """When the provider works in that program."""
    left_team_on: date | None = None
    """The day from which another provider is in the team of the case."""


@dataclass(frozen=True)
class OfficerStanding:
    """What is known of an officer, and of the agencies that score and supervise."""

    credentials: Sequence[Validity]
    agency: str
    supervising_agency: str
    supervising_agency_kind: str


Standing = ProviderStanding | OfficerStanding


class NotEligibleError(RuleBrokenError):
    """The scorer may not score this instrument on that day; each missing piece is a fault."""


def check_scorer(instrument: Instrument, standing: Standing, on: date) -> None:
    """Raise NotEligibleError, naming every missing piece and since when it is missing."""
    faults = tuple(_missing(instrument, standing, on))
    if faults:
        raise NotEligibleError(
            f"{instrument.title} may not be scored by this scorer on {on}: "
            + "; ".join(fault.message for fault in faults),
            code="scorer-not-eligible",
            rule=RULE,
            citation=CITATION,
            faults=faults,
        )


def check_side(instrument: Instrument, roles: AbstractSet[str]) -> None:
    """Raise NotEligibleError when the instrument is not scored by any of these roles."""
    if instrument.scored_by in roles:
        return
    message = f"{instrument.title} is scored by the {instrument.scored_by}"
    raise NotEligibleError(
        message,
        code="wrong-side",
        rule=RULE,
        citation=CITATION,
        faults=[Fault("instrument", message)],
    )


def _missing(instrument: Instrument, standing: Standing, on: date) -> Iterator[Fault]:
    credential = f"scorer credential for {instrument.code}"
    yield from _lapsed("scorer_credential", credential, standing.credentials, on)
    if isinstance(standing, ProviderStanding):
        yield from _uncertified(standing, on)
    else:
        yield from _unauthorized(instrument, standing)


def _uncertified(standing: ProviderStanding, on: date) -> Iterator[Fault]:
    for holder, held in (
        ("provider", standing.provider_certifications),
        ("program", standing.program_certifications),
    ):
        yield from _lapsed(f"{holder}_certification", f"{holder} certification", held, on)
    if (when := lapse(standing.in_program, on)) is not None:
        message = f"the provider does not work in the program: no link {when}"
        yield Fault("program_provider", message)
    if standing.left_team_on is not None:
        message = f"the provider is not in the team of this case since {standing.left_team_on}"
        yield Fault("team", message)


def _unauthorized(instrument: Instrument, standing: OfficerStanding) -> Iterator[Fault]:
    if standing.agency != standing.supervising_agency:
        yield Fault("agency", f"{standing.agency} does not supervise this case")
    elif standing.supervising_agency_kind not in instrument.agency_kinds:
        allowed = " or ".join(instrument.agency_kinds)
        yield Fault(
            "agency",
            f"{standing.agency} is an agency of kind {standing.supervising_agency_kind}; "
            f"{instrument.code} is scored by {allowed}",
        )


def _lapsed(field: str, title: str, held: Sequence[Validity], on: date) -> Iterator[Fault]:
    if (when := lapse(held, on)) is not None:
        yield Fault(field, f"no {title} {when}")
