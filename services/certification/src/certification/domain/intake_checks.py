"""What a line of a list is beside the other lines, and beside what is known already."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from certification.domain.folded_names import folded_program_name, folded_provider_name
from certification.domain.intake_lines import Finding, IntakeEntry, ReadLine

Likeness = tuple[str, str | None]
"""A folded name, and a program's county: two of these alike are likely one."""

TAKEN = Finding("number", "number-taken", "is another's already")
TWICE = Finding("number", "number-twice", "is there on another line too")
KNOWN = Finding("name", "known-already", "one of this name is certified already: likely the same")
TWICE_NAMED = Finding("name", "listed-twice", "another line has this name too: likely the same")


def likeness(entry: IntakeEntry) -> Likeness:
    """By what it would be found twice: however it is spelled."""
    if entry.headquarters_county is None:
        return folded_provider_name(entry.name), None
    return folded_program_name(entry.name), entry.headquarters_county


def checked_together(
    lines: Sequence[ReadLine], *, taken: Collection[str], known: Collection[Likeness]
) -> list[ReadLine]:
    """Refuse numbers that are not free, and doubt what looks like a double."""
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
