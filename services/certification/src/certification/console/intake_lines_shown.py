"""Output of an intake and its lines on a terminal."""

import sys
from collections.abc import Sequence

from certification.domain.intake_lines import Finding
from certification.domain.intakes import DEPENDENTS
from certification.storage.intake_rows import IntakeRow
from certification.use_cases.show_intake import ShownIntake

MOST_LINES = 20


def write_intake(shown: ShownIntake) -> None:
    """Print the state of an intake."""
    counts = ", ".join(f"{count} {outcome}" for outcome, count in shown.counts.items() if count)
    doubtful = f", {shown.doubtful} with warnings" if shown.doubtful else ""
    sys.stdout.write(
        f"intake {shown.intake.id} ({shown.intake.kind}): {shown.state},"
        f" {shown.lines} lines: {counts}{doubtful}\n"
    )
    if shown.runs and (because := shown.runs[-1].stopped_because):
        sys.stdout.write(f"  stopped: {because}\n")
    for code, lines in sorted(shown.kept_because.items()):
        sys.stdout.write(f"  {lines} cannot be undone: {DEPENDENTS[code]}\n")


def write_rows(rows: Sequence[IntakeRow]) -> None:
    """Print the findings of lines, at most MOST_LINES."""
    for row in rows[:MOST_LINES]:
        kept = [Finding(None, code, DEPENDENTS[code]) for code in row.kept_because]
        found = "; ".join(_words(each) for each in (*row.refusals, *row.doubts, *kept))
        line = " ".join(filter(None, (f"  line {row.line}", row.number, row.outcome)))
        sys.stdout.write(f"{line}: {found}\n" if found else f"{line}\n")
    if len(rows) > MOST_LINES:
        sys.stdout.write(f"  and {len(rows) - MOST_LINES} more; see /v1/intakes/…/report for all\n")


def _words(finding: Finding) -> str:
    return f"{finding.column} {finding.message}" if finding.column else finding.message
