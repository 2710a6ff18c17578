"""A summary of certification's own data files under an edition, for checking the law."""

from collections.abc import Iterator

from certification.domain.applications import Kind, Level
from certification.domain.standards import load_standards
from shared.law.counting.rules import Edition


def lines(edition: Edition) -> Iterator[str]:
    """Return the terms, levels, fees and checklists as lines; DataFileError for invalid data."""
    standards = load_standards(edition.settings)
    for term in standards.terms:
        doubt = " [configured]" if term.is_configured else ""
        what = _what(term.kind, term.level)
        yield f"term of a {what}: {term.months} months from {term.effective_from}{doubt}"
        yield f"  {term.source}"
    for span in standards.levels.values():
        until = f" until the day before {span.effective_until}" if span.effective_until else ""
        yield f"level {span.level}: open to applications from {span.effective_from}{until}"
        yield f"  {span.source}"
    for fee in standards.fees:
        band = f" of {fee.client_band} clients" if fee.client_band else ""
        yield f"fee of a {fee.kind}{band}: {fee.usd} US dollars from {fee.effective_from}"
        yield f"  {fee.source}"
    for checklist in standards.checklists.values():
        what = _what(checklist.kind, checklist.level)
        yield f"checklist {checklist.name} of a {what}, from {checklist.effective_from}"
        yield f"  {', '.join(checklist.items)} [{checklist.source}]"


def _what(kind: Kind, level: Level | None) -> str:
    return kind if level is None else f"{kind}, {level}"
