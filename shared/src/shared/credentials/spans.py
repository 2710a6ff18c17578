"""The spans in which something holds, from the term first told and every change told since.

The same as certification derives for itself from its own changes: a suspension interrupts, an
ending is final, a void one never held, and a correction says the term anew. What is told of days
beyond the term changes nothing; that it expires needs nobody to say so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shared.credentials.changes import ChangeKind, CredentialChange
from shared.law.validity import EXPIRED, Ending, Validity

CORRECTED = "corrected"
SUSPENDED = "suspended"
VOIDED = "voided"


@dataclass(frozen=True)
class _Step:
    """Something that takes effect on a day; an ending of None begins it again."""

    on: date
    ending: Ending | None
    is_final: bool


def spans(told: Validity, changes: Sequence[CredentialChange]) -> tuple[Validity, ...]:
    """Every span, the first day first; an empty one says since when and why it holds no more."""
    corrections = [each for each in changes if each.kind is ChangeKind.CORRECTED]
    term, moved = _corrected(told, corrections)
    for each in changes:
        if each.kind is ChangeKind.ENDED and each.because == VOIDED:
            ending = Ending(VOIDED, each.fact_id)
            return (Validity(term.effective_from, term.effective_from, ending),)
    term = _expired(term, changes)
    return (*moved, *_walked(term, sorted(_steps(changes), key=lambda step: step.on)))


def _corrected(
    told: Validity, corrections: Iterable[CredentialChange]
) -> tuple[Validity, list[Validity]]:
    """The term as it stands, and a mark wherever it came to begin later."""
    term, moved = told, []
    for each in corrections:
        if each.term is None:
            raise ValueError(f"the correction {each.fact_id} has no term")
        ending = Ending(CORRECTED, each.fact_id, is_of_term=True)
        if each.term.effective_from > term.effective_from:
            moved.append(Validity(term.effective_from, term.effective_from, ending))
        term = replace(each.term, ending=_end_after(term, each.term, ending))
    return term, moved


def _end_after(before: Validity, after: Validity, correction: Ending) -> Ending | None:
    """Why the term ends when it does: a shorter one by its correction, the same as before."""
    if after.effective_until == before.effective_until:
        return before.ending
    return correction if after.effective_until < before.effective_until else None


def _expired(term: Validity, changes: Iterable[CredentialChange]) -> Validity:
    """Say of the term that it expired, where that was told."""
    for each in changes:
        if each.because == EXPIRED and each.effective_on == term.effective_until:
            return replace(term, ending=Ending(EXPIRED, each.fact_id, is_of_term=True))
    return term


def _steps(changes: Iterable[CredentialChange]) -> Iterator[_Step]:
    for each in changes:
        if each.effective_on is None or each.because == EXPIRED:
            continue
        ending = Ending(each.because or SUSPENDED, each.fact_id)
        if each.kind is ChangeKind.REINSTATED:
            yield _Step(each.effective_on, None, is_final=False)
        elif each.kind is ChangeKind.SUSPENDED:
            yield _Step(each.effective_on, ending, is_final=False)
        elif each.kind is ChangeKind.ENDED:
            yield _Step(each.effective_on, ending, is_final=True)


def _walked(term: Validity, steps: Sequence[_Step]) -> Iterator[Validity]:
    """Cut the term at each step; what ends while it is suspended leaves a mark of its own."""
    began: date | None = term.effective_from
    for step in steps:
        day = max(step.on, term.effective_from)
        if day >= term.effective_until:
            break
        if step.ending is None:
            began = began or day
            continue
        if began is not None or step.is_final:
            yield Validity(began or day, day, step.ending)
        if step.is_final:
            return
        began = None
    if began is not None:
        yield replace(term, effective_from=began)
