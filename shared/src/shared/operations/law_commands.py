"""What an operator does with the law: `python -m <service> rules …`.

Checking asks for no database, so that a file can be checked where it is written.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from shared.clock import SystemClock, california_date
from shared.operations.law_check import LawRefusedError, checked
from shared.operations.operator_session import REFUSED
from shared.operations.service import Service
from shared.operations.settings import LawSettings

Files = Annotated[
    list[Path] | None, typer.Argument(help="Files to lay over the law first; without, all of it.")
]


def rules_commands(service: Service) -> typer.Typer:
    """Build the group of commands on rulebook editions."""
    cli = typer.Typer(no_args_is_help=True, help="The rulebook editions, and a change of one.")

    @cli.callback()
    def _group() -> None:
        """Keep the group a group while it has one command."""

    @cli.command("check", help="Say what the editions and calendars hold, or what is wrong.")
    def _check(files: Files = None) -> None:
        today = california_date(SystemClock().now())
        try:
            for line in checked(service, LawSettings(), files or [], today):
                typer.echo(line)
        except LawRefusedError as error:
            sys.stderr.write(f"{error}\n")
            raise typer.Exit(REFUSED) from None

    return cli


def calendar_commands() -> typer.Typer:
    """Build the group of commands on calendars; `rules check` checks these too."""
    return typer.Typer(
        no_args_is_help=True, help="The calendars of closed days, and a change of one."
    )
