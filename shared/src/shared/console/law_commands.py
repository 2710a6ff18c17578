"""What an operator does with the law: `python -m <service> rules …`.

Checking asks for no database, so that a file can be checked where it is written.
"""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from shared.clock import SystemClock, california_date, travel_by
from shared.composition.service import Service
from shared.console.law_check import LawRefusedError, checked
from shared.console.operator_session import REFUSED, WRONG_WORDS
from shared.process.settings import PREFIX, LawSettings

Files = Annotated[
    list[Path] | None, typer.Argument(help="Files to lay over the law first; without, all of it.")
]


def rules_commands(service: Service) -> typer.Typer:
    """Build the group of commands on rulebook editions."""
    cli = typer.Typer(no_args_is_help=True, help="The rulebook editions, and a change of one.")

    @cli.command("check", help="Say what the editions and calendars hold, or what is wrong.")
    def _check(files: Files = None) -> None:
        settings = _law_settings()
        travel_by(timedelta(seconds=settings.time_offset_seconds))
        today = california_date(SystemClock().now())
        try:
            for line in checked(service, settings, files or [], today):
                typer.echo(line)
        except LawRefusedError as error:
            sys.stderr.write(f"{error}\n")
            raise typer.Exit(REFUSED) from None

    return cli


def _law_settings() -> LawSettings:
    """Read what concerns the law alone; a file can be checked where no service is set up."""
    try:
        return LawSettings()
    except ValidationError as error:
        for fault in error.errors():
            name = f"{PREFIX}{str(fault['loc'][0]).upper()}"
            sys.stderr.write(f"settings refused: {name}: {fault['msg']}\n")
        raise typer.Exit(WRONG_WORDS) from None


def calendar_commands() -> typer.Typer:
    """Build the group of commands on calendars; `rules check` checks these too."""
    return typer.Typer(
        no_args_is_help=True, help="The calendars of closed days, and a change of one."
    )
