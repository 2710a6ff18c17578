"""Computes the spans in which a credential is valid, from its first term and all changes.

Certification computes the same from its own changes: a suspension interrupts, an ending is final, a
voided one was never valid, and a correction replaces the term. Changes on days after the term have
no effect; expiry needs no event.
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
    """A change that takes effect on a day; None as the ending starts the span again."""

    on: date
    ending: Ending | None
    is_final: bool


def spans(told: Validity, changes: Sequence[CredentialChange]) -> tuple[Validity, ...]:
    """All spans, first day first; an empty one shows since when and why it is not valid."""
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
    """The current term, and a mark for each day to which its start moved later."""
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
    """Why the term ends: by its correction if that made it shorter, otherwise as before."""
    if after.effective_until == before.effective_until:
        return before.ending
    return correction if after.effective_until < before.effective_until else None


def _expired(term: Validity, changes: Iterable[CredentialChange]) -> Validity:
    """Mark the term as expired, if that was published."""
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
    """Cut the term at each change; what ends while suspended leaves a mark."""
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
