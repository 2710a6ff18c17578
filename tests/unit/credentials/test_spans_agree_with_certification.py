"""Whatever happens to a certification, those who are told know the same days as certification."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from certification.domain.standings import Status, standing_on, standings_of
from shared.credentials.changes import ChangeKind, CredentialChange
from shared.credentials.spans import spans
from shared.law.validity import Validity

FIRST = date(2026, 1, 1)
DAYS = 60
ENDINGS = ("revoked", "surrendered", "renewed", "upgraded", "voided")
KINDS = ("suspended", "reinstated", "corrected", *ENDINGS)
CERTIFICATION = UUID(int=1)


@dataclass(frozen=True)
class Kept:
    """A change as certification keeps it."""

    change: str
    effective_on: date
    effective_from: date
    effective_until: date


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


TERMS = st.tuples(st.integers(0, 10), st.integers(20, 50))
HAPPENED = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, DAYS), TERMS), max_size=6)


def kept(first: tuple[int, int], happened: list[tuple[str, int, tuple[int, int]]]) -> list[Kept]:
    """The changes in their order; each knows the term as it stands after it."""
    term, found = first, [Kept("granted", day(first[0]), day(first[0]), day(first[1]))]
    for change, on, corrected in happened:
        term = corrected if change == "corrected" else term
        found.append(Kept(change, day(on), day(term[0]), day(term[1])))
    return found


def told(change: Kept) -> CredentialChange:
    """The same change as its event tells it."""
    if change.change == "corrected":
        term = Validity(change.effective_from, change.effective_until)
        return CredentialChange(uuid4(), CERTIFICATION, ChangeKind.CORRECTED, term=term)
    is_end = change.change in ENDINGS
    kind = ChangeKind.ENDED if is_end else ChangeKind(change.change)
    because = change.change if is_end else None
    return CredentialChange(uuid4(), CERTIFICATION, kind, change.effective_on, because)


@given(first=TERMS, happened=HAPPENED)
def test_both_know_the_same_days(
    first: tuple[int, int], happened: list[tuple[str, int, tuple[int, int]]]
) -> None:
    changes = kept(first, happened)

    standings = standings_of(changes)
    held = spans(Validity(day(first[0]), day(first[1])), [told(each) for each in changes[1:]])

    days = [day(number) for number in range(DAYS)]
    certified = [on for on in days if standing_on(standings, on).status is Status.CERTIFIED]
    assert [on for on in days if any(span.holds(on) for span in held)] == certified
