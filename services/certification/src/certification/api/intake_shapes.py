"""Response bodies for intakes: state, progress of runs, and the result of each line."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from certification.domain.applications import Kind
from certification.domain.intake_lines import Finding
from certification.domain.intakes import DEPENDENTS, IntakeRun, IntakeState, LineOutcome, RunKind
from certification.storage.intake_rows import IntakeRow
from certification.use_cases.show_intake import ShownIntake


class OutcomeCounts(BaseModel):
    """Number of lines by outcome."""

    ready: int = Field(description="Lines that can be taken in and have not been yet.")
    refused: int = Field(description="Lines that cannot be taken in because of an error.")
    made: int = Field(description="Lines whose holder and certification were created.")
    undone: int = Field(description="Lines that were taken in and then undone.")
    kept: int = Field(
        description="Lines that could not be undone because other records depend on them."
    )


class KeptLinesAnswer(BaseModel):
    """One reason why lines cannot be undone."""

    code: str = Field(description="Stable code of the reason.")
    message: str = Field(description="The reason in words.")
    lines: int = Field(description="Number of lines with this reason.")


class RunAnswer(BaseModel):
    """One run that takes in or undoes the lines of an intake."""

    run_id: UUID
    kind: RunKind = Field(
        description="`applying`: the lines are taken in. `undoing`: the lines taken in are undone."
    )
    skip_refused: bool = Field(
        description="Whether refused lines are left out instead of blocking the run."
    )
    asked_at: datetime
    asked_by: str = Field(description="Token subject (`sub`) of the person who started the run.")
    finished_at: datetime | None = Field(
        description="When the run finished. Null while it is under way."
    )
    stopped_because: str | None = Field(
        description="Why the run stopped before its end. Null if it did not stop early."
    )


class IntakeAnswer(BaseModel):
    """One intake: an imported list of certified programs or providers."""

    intake_id: UUID
    kind: Kind = Field(description="Whether the list contains programs or providers.")
    state: IntakeState = Field(
        description="`checked`: nothing taken in yet. `applying`, `undoing`: a run is under way. "
        "`applied`, `undone`: it finished. `stopped`: it ended early and can be started again."
    )
    columns: list[str] = Field(description="Column names of the list, in its order.")
    sha256: str = Field(description="SHA-256 of the list as it was sent, in lower-case hex.")
    size_bytes: int = Field(description="Size of the list in bytes.")
    received_at: datetime
    received_by: str = Field(description="Token subject (`sub`) of the person who sent the list.")
    lines: int = Field(description="Number of lines without the header.")
    counts: OutcomeCounts
    doubtful: int = Field(description="Number of lines with warnings.")
    kept_because: list[KeptLinesAnswer] = Field(
        description="Why lines could not, or at present cannot, be undone. Empty if there are none."
    )
    runs: list[RunAnswer] = Field(description="All runs, oldest first.")


class FindingAnswer(BaseModel):
    """One error or warning found in a line."""

    column: str | None = Field(
        description="Name of the column. Null if it concerns the whole line."
    )
    code: str = Field(description="Stable code of the error or warning.")
    message: str = Field(description="The error or warning in words.")


class IntakeRowAnswer(BaseModel):
    """One line of an intake and its result."""

    line: int = Field(description="Line number in the file; the header is line 1.")
    outcome: LineOutcome = Field(
        description="`ready`: can be taken in. `refused`: has errors. `made`: taken in. `undone`: "
        "undone. `kept`: could not be undone because other records depend on it."
    )
    cells: dict[str, str] = Field(description="The cells as sent, by column name.")
    number: str | None = Field(
        description="Public number of the holder. Null if there is none yet."
    )
    certification_id: UUID | None = Field(
        description="ID of the certification created from the line. Null if there is none."
    )
    refusals: list[FindingAnswer] = Field(
        description="Errors because of which the line cannot be taken in."
    )
    doubts: list[FindingAnswer] = Field(
        description="Warnings; the line can be taken in all the same."
    )
    kept_because: list[FindingAnswer] = Field(
        description="Why the line could not be undone. Empty if nothing prevented it."
    )


def intake_answer(
    shown: ShownIntake, *, kept_because: dict[str, int] | None = None
) -> IntakeAnswer:
    """Build the response for an intake; `kept_because` overrides the stored reasons."""
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
    """Build the response for one line."""
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
