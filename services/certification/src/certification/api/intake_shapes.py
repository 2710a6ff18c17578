"""What is shown of an intake: where it stands, how far its run is, and what came of each line."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from certification.domain.applications import Kind
from certification.domain.intake_lines import Finding
from certification.domain.intakes import DEPENDENTS, IntakeRun, IntakeState, LineOutcome, RunKind
from certification.storage.intake_rows import IntakeRow
from certification.use_cases.show_intake import ShownIntake


class OutcomeCounts(BaseModel):
    """How many lines there are of each outcome."""

    ready: int = Field(description="Would be made, or wait for their batch.")
    refused: int
    made: int
    undone: int
    kept: int = Field(description="Could not be undone.")


class KeptLinesAnswer(BaseModel):
    """Why lines cannot be undone, and how many."""

    code: str
    message: str
    lines: int


class RunAnswer(BaseModel):
    """One applying or undoing; `stopped_because` where a batch was refused as a whole."""

    run_id: UUID
    kind: RunKind
    skip_refused: bool
    asked_at: datetime
    asked_by: str
    finished_at: datetime | None
    stopped_because: str | None


class IntakeAnswer(BaseModel):
    """One intake; `kept_because` are the lines that could not, or cannot now, be undone."""

    intake_id: UUID
    kind: Kind
    state: IntakeState
    columns: list[str]
    sha256: str
    size_bytes: int
    received_at: datetime
    received_by: str
    lines: int
    counts: OutcomeCounts
    doubtful: int
    kept_because: list[KeptLinesAnswer]
    runs: list[RunAnswer]


class FindingAnswer(BaseModel):
    """What was found in a line; without a column, in the line as a whole."""

    column: str | None
    code: str
    message: str


class IntakeRowAnswer(BaseModel):
    """One line: its place in the file, its cells by column, and what came of it."""

    line: int
    outcome: LineOutcome
    cells: dict[str, str]
    number: str | None
    certification_id: UUID | None
    refusals: list[FindingAnswer]
    doubts: list[FindingAnswer]
    kept_because: list[FindingAnswer]


def intake_answer(
    shown: ShownIntake, *, kept_because: dict[str, int] | None = None
) -> IntakeAnswer:
    """Shape an intake; `kept_because` where an undoing foresees what it cannot do."""
    intake = shown.intake
    kept = shown.kept_because if kept_because is None else kept_because
    return IntakeAnswer(
        intake_id=intake.id,
        kind=intake.kind,
        state=shown.state,
        columns=list(intake.columns),
        sha256=intake.sha256,
        size_bytes=intake.size_bytes,
        received_at=intake.received_at,
        received_by=intake.received_by,
        lines=shown.lines,
        counts=OutcomeCounts(**{each.value: shown.counts[each] for each in LineOutcome}),
        doubtful=shown.doubtful,
        kept_because=[
            KeptLinesAnswer(code=code, message=DEPENDENTS[code], lines=lines)
            for code, lines in sorted(kept.items())
        ],
        runs=[_run_answer(each) for each in shown.runs],
    )


def row_answer(columns: tuple[str, ...], row: IntakeRow) -> IntakeRowAnswer:
    """Shape a line."""
    kept = [Finding(None, code, DEPENDENTS[code]) for code in row.kept_because]
    return IntakeRowAnswer(
        line=row.line,
        outcome=row.outcome,
        cells=dict(zip(columns, row.cells, strict=False)),  # a refused line may have others
        number=row.number,
        certification_id=row.certification_id,
        refusals=[_finding_answer(each) for each in row.refusals],
        doubts=[_finding_answer(each) for each in row.doubts],
        kept_because=[_finding_answer(each) for each in kept],
    )


def _finding_answer(finding: Finding) -> FindingAnswer:
    return FindingAnswer(column=finding.column, code=finding.code, message=finding.message)


def _run_answer(run: IntakeRun) -> RunAnswer:
    return RunAnswer(
        run_id=run.id,
        kind=run.kind,
        skip_refused=run.skips_refused,
        asked_at=run.asked_at,
        asked_by=run.asked_by,
        finished_at=run.finished_at,
        stopped_because=run.stopped_because,
    )
