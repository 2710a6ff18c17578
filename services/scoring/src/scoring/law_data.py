"""A summary of the instrument definitions, for the commands that check the law."""

from collections.abc import Iterator

from scoring.domain.instrument_files import load_instruments
from shared.law.counting.rules import Edition


def lines(edition: Edition) -> Iterator[str]:
    """List the instruments and the rule of the edition by which each is reported."""
    for instrument in load_instruments().versions:
        doubt = " [provisional]" if instrument.is_provisional else ""
        rule = instrument.reporting_rule
        reported = "not reported" if rule is None else f"reported by {edition.rule(rule).name}"
        yield (
            f"instrument {instrument.code} {instrument.version}, from {instrument.effective_from},"
            f" {reported}{doubt}"
        )
        levels = "levels computed" if instrument.levels else "levels recorded by the scorer"
        yield f"  {instrument.title}, {levels} [{instrument.source}]"
