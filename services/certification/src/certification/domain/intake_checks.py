"""Checks of a list's lines against each other and against what is already on record."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from certification.domain.folded_names import folded_program_name, folded_provider_name
from certification.domain.intake_lines import Finding, IntakeEntry, ReadLine

Likeness = tuple[str, str | None]
"""A folded name and, for a program, its county: two equal ones are probably the same holder."""

TAKEN = Finding("number", "number-taken", "already belongs to another holder")
TWICE = Finding("number", "number-twice", "is also on another line")
KNOWN = Finding(
    "name",
    "known-already",
    "a holder with this name is already certified; it is probably the same one",
)
TWICE_NAMED = Finding(
    "name", "listed-twice", "another line has the same name; it is probably the same holder"
)


def likeness(entry: IntakeEntry) -> Likeness:
    """Return the key by which duplicates are found, whatever the spelling of the name."""
    if entry.headquarters_county is None:
        return folded_provider_name(entry.name), None
    return folded_program_name(entry.name), entry.headquarters_county


def checked_together(
    lines: Sequence[ReadLine], *, taken: Collection[str], known: Collection[Likeness]
) -> list[ReadLine]:
    """Refuse numbers that are taken, and warn about probable duplicates."""
    entries = [each.entry for each in lines if each.entry is not None]
    numbers = Counter(each.number for each in entries if each.number is not None)
    names = Counter(likeness(each) for each in entries)
    return [_checked(each, numbers, names, taken, known) for each in lines]


def _checked(
    line: ReadLine,
    numbers: Counter[str],
    names: Counter[Likeness],
    taken: Collection[str],
    known: Collection[Likeness],
) -> ReadLine:
    entry = line.entry
    if entry is None:
        return line
    doubts = list(line.doubts)
    if likeness(entry) in known:
        doubts.append(KNOWN)
    if names[likeness(entry)] > 1:
        doubts.append(TWICE_NAMED)
    refusals = []
    if entry.number in taken:
        refusals.append(TAKEN)
    if entry.number is not None and numbers[entry.number] > 1:
        refusals.append(TWICE)
    read = None if refusals else entry
    return replace(line, entry=read, refusals=tuple(refusals), doubts=tuple(doubts))
