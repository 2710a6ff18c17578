"""`intake`: checks, takes in and undoes a list from the command line, directly on the database.

It does the same as the HTTP operations, for an operator named with `--by`, and works the run off
itself. The implementation is imported only when a command runs. Exit codes: 0 done, 1 refused, 2
wrong arguments, 3 not available at present.
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

IntakeId = Annotated[UUID, typer.Argument(metavar="ID", help="ID of the intake.")]
ListFile = Annotated[Path, typer.Argument(metavar="FILE", help="The list as a CSV file.")]
OfKind = Annotated[Kind, typer.Option(help="Whether the list contains programs or providers.")]
SkipRefused = Annotated[
    bool, typer.Option("--skip-refused", help="Leave out refused lines and take in the others.")
]
Lines = Annotated[
    LineOutcome | None, typer.Option("--lines", help="Also show the lines with this outcome.")
]


def intake_commands(session: OperatorSession) -> typer.Typer:
    """Build the command group."""
    cli = typer.Typer(
        no_args_is_help=True, help="Check, take in or undo a list of existing certifications."
    )

    def console(by: str | None = None) -> "IntakeConsole":
        from certification.console.intake_console import IntakeConsole  # noqa: PLC0415 - for an intake alone

        return IntakeConsole(session, by)

    @cli.command("check", help="Check a list line by line, without taking anything in.")
    def _check(file: ListFile, kind: OfKind, by: By = None) -> None:
        console(by).check(file, kind)

    @cli.command(
        "apply", help="Take in a checked list. If it was interrupted, run it again to continue."
    )
    def _apply(intake_id: IntakeId, *, skip_refused: SkipRefused = False, by: By = None) -> None:
        console(by).apply(intake_id, skip_refused=skip_refused)

    @cli.command("undo", help="Undo a list, except for lines on which other records depend.")
    def _undo(intake_id: IntakeId, by: By = None) -> None:
        console(by).undo(intake_id)

    @cli.command("show", help="Show the state of an intake.")
    def _show(intake_id: IntakeId, lines: Lines = None) -> None:
        console().show(intake_id, lines)

    return cli
