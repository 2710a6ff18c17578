"""Who may score, on the day of scoring (Board standards; Penal Code 290.09, 9003).

Dynamic and violence instruments require a scorer credential for the instrument and a certified
provider who works in a certified program. The static instrument requires a scorer credential and
the probation or parole agency that supervises the case. The error names everything that is missing
and since when.
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
    """Past, current and future credentials of a provider and the program."""

    credentials: Sequence[Validity]
    provider_certifications: Sequence[Validity]
    program_certifications: Sequence[Validity]
    in_program: Sequence[Validity]
    """Periods in which the provider works in that program."""
    left_team_on: date | None = None
    """First day on which another provider is in the team of the case; None if there is none."""


@dataclass(frozen=True)
class OfficerStanding:
    """Credentials of an officer, with the scoring and the supervising agency."""

    credentials: Sequence[Validity]
    agency: str
    supervising_agency: str
    supervising_agency_kind: str


Standing = ProviderStanding | OfficerStanding


class NotEligibleError(RuleBrokenError):
    """The scorer may not score this instrument on that day. The faults name what is missing."""


def check_scorer(instrument: Instrument, standing: Standing, on: date) -> None:
    """Raise NotEligibleError that names everything missing and since when."""
    faults = tuple(_missing(instrument, standing, on))
    if faults:
        raise NotEligibleError(
            f"this scorer may not score {instrument.title} on {on}: "
            + "; ".join(fault.message for fault in faults),
            code="scorer-not-eligible",
            rule=RULE,
            citation=CITATION,
            faults=faults,
        )


def check_side(instrument: Instrument, roles: AbstractSet[str]) -> None:
    """Raise NotEligibleError if none of these roles scores the instrument."""
    if instrument.scored_by in roles:
        return
    message = f"{instrument.title} may be scored only by a user with role {instrument.scored_by}"
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
        message = (
            f"another provider has been in the team of this case since {standing.left_team_on}"
        )
        yield Fault("team", message)


def _unauthorized(instrument: Instrument, standing: OfficerStanding) -> Iterator[Fault]:
    if standing.agency != standing.supervising_agency:
        yield Fault("agency", f"{standing.agency} does not supervise this case")
    elif standing.supervising_agency_kind not in instrument.agency_kinds:
        allowed = " or ".join(instrument.agency_kinds)
        yield Fault(
            "agency",
            f"{standing.agency} is an agency of kind {standing.supervising_agency_kind}; "
            f"{instrument.code} is scored by agencies of kind {allowed}",
        )


def _lapsed(field: str, title: str, held: Sequence[Validity], on: date) -> Iterator[Fault]:
    if (when := lapse(held, on)) is not None:
        yield Fault(field, f"no {title} {when}")
