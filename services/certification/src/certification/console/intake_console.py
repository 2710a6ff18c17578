"""The implementation of the intake commands: start a run, work it off, show its progress."""

from pathlib import Path
from uuid import UUID

from certification.console.intake_lines_shown import write_intake, write_rows
from certification.console.progress import ProgressLine
from certification.domain.applications import Kind
from certification.domain.intakes import IntakeState, LineOutcome, RunKind
from certification.use_cases.begin_intake_run import begin_applying, begin_undoing
from certification.use_cases.check_intake import CheckIntake, check_intake
from certification.use_cases.show_intake import ShownIntake, list_rows, show_intake
from certification.use_cases.work_off_intakes import work_off
from shared.console.operator_session import REFUSED, Act, OperatorSession, Work, leave
from shared.data_files.data_file import DataFileError
from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.law.in_force import Law, load_law

LEFT = {RunKind.APPLYING: LineOutcome.READY, RunKind.UNDOING: LineOutcome.MADE}
UNDER_WAY = {RunKind.APPLYING: IntakeState.APPLYING, RunKind.UNDOING: IntakeState.UNDOING}


class IntakeConsole:
    """The access of one command to the intakes."""

    def __init__(self, session: OperatorSession, by: str | None) -> None:
        self._session = session
        self._by = by

    def check(self, file: Path, kind: Kind) -> None:
        """Check a list and show what would be created."""
        try:
            content = file.read_bytes()
        except OSError as error:
            leave(REFUSED, f"{file} cannot be read: {error.strerror}")
        command = CheckIntake(kind, content)
        law = self._law()
        shown = self._session.done(lambda tx: check_intake(tx, law, command), self._by)
        write_intake(shown)
        if shown.counts[LineOutcome.REFUSED]:
            self._write_lines(shown.intake.id, LineOutcome.REFUSED)

    def apply(self, intake_id: UUID, *, skip_refused: bool) -> None:
        """Take in a list, or continue after an interruption."""

        async def begin(tx: Transaction) -> None:
            await begin_applying(tx, intake_id, skip_refused=skip_refused)

        self._session.run(self._working_off(intake_id, RunKind.APPLYING, begin), self._by)

    def undo(self, intake_id: UUID) -> None:
        """Undo a list, or continue after an interruption."""

        async def begin(tx: Transaction) -> None:
            await begin_undoing(tx, intake_id)

        self._session.run(self._working_off(intake_id, RunKind.UNDOING, begin), self._by)
        self._write_lines(intake_id, LineOutcome.KEPT)

    def show(self, intake_id: UUID, outcome: LineOutcome | None) -> None:
        """Show the state of an intake, and its lines with an outcome if given."""
        write_intake(self._session.done(lambda tx: show_intake(tx, intake_id)))
        if outcome is not None:
            self._write_lines(intake_id, outcome)

    def _write_lines(self, intake_id: UUID, outcome: LineOutcome) -> None:
        _, rows = self._session.done(lambda tx: list_rows(tx, intake_id, outcome=outcome))
        write_rows(rows)

    def _working_off(self, intake_id: UUID, kind: RunKind, begin: Act[None]) -> Work[None]:
        law = self._law()

        async def work(database: Database, cause: Cause) -> None:
            async with database.transaction(cause) as tx:
                if (await show_intake(tx, intake_id)).state is not UNDER_WAY[kind]:
                    await begin(tx)
                shown = await show_intake(tx, intake_id)
            over = await _worked_off(database, cause, law, shown)
            write_intake(over)
            if over.state is IntakeState.STOPPED:
                leave(
                    REFUSED,
                    "the completed batches are kept; fix the cause, then run this command again",
                )

        return work

    def _law(self) -> Law:
        settings = self._session.load()
        try:
            return load_law(settings.rulebook_edition, settings.law_folder)
        except DataFileError as error:
            leave(REFUSED, str(error))


async def _worked_off(
    database: Database, cause: Cause, law: Law, shown: ShownIntake
) -> ShownIntake:
    """Process batch after batch until the run is over, even if others process it too."""
    run = shown.runs[-1]
    total = shown.counts[LEFT[run.kind]]
    with ProgressLine(f"{run.kind} {total} lines", total) as progress:
        is_left = True
        while is_left:
            async with database.transaction(cause) as tx:
                is_left = await work_off(tx, law, run.id)
            async with database.transaction(cause) as tx:
                shown = await show_intake(tx, shown.intake.id)
            progress.tell(total - shown.counts[LEFT[run.kind]])
    return shown
