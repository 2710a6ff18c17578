"""`intake`: a list taken in from the command line, straight on the database.

The same acts as over HTTP, by an operator named with `--by`, and worked off here, beside the clerk.
What does the work is imported when a command runs. Exit codes: 0 done, 1 refused, 2 wrong words,
3 not possible just now.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from certification.domain.applications import Kind
from certification.domain.intakes import LineOutcome
from shared.console.operator_session import By, OperatorSession

if TYPE_CHECKING:
    from certification.console.intake_console import IntakeConsole

IntakeId = Annotated[UUID, typer.Argument(metavar="ID", help="Id of the intake.")]
ListFile = Annotated[Path, typer.Argument(metavar="FILE", help="The list, as CSV.")]
OfKind = Annotated[Kind, typer.Option(help="Of whom the list is.")]
SkipRefused = Annotated[bool, typer.Option("--skip-refused", help="Take in the other lines.")]
Lines = Annotated[
    LineOutcome | None, typer.Option("--lines", help="Show the lines of an outcome too.")
]


def intake_commands(session: OperatorSession) -> typer.Typer:
    """Build the group."""
    cli = typer.Typer(no_args_is_help=True, help="A list of who is certified: check, apply, undo.")

    def console(by: str | None = None) -> "IntakeConsole":
        from certification.console.intake_console import IntakeConsole  # noqa: PLC0415 - for an intake alone

        return IntakeConsole(session, by)

    @cli.command("check", help="Look at a list, line by line; nothing of it is taken in.")
    def _check(file: ListFile, kind: OfKind, by: By = None) -> None:
        console(by).check(file, kind)

    @cli.command("apply", help="Take it in; run again, it goes on where it stopped.")
    def _apply(intake_id: IntakeId, *, skip_refused: SkipRefused = False, by: By = None) -> None:
        console(by).apply(intake_id, skip_refused=skip_refused)

    @cli.command("undo", help="Void all of it but what something depends on.")
    def _undo(intake_id: IntakeId, by: By = None) -> None:
        console(by).undo(intake_id)

    @cli.command("show", help="Say where it stands.")
    def _show(intake_id: IntakeId, lines: Lines = None) -> None:
        console().show(intake_id, lines)

    return cli
