"""The operators' commands for the law: `python -m <service> rules …` and `calendars …`.

Checking needs no database, so an author can check a file on any machine.
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
from shared.validation_messages import message_of

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Files to check together with the law. If omitted, all the law is checked."
    ),
]


def rules_commands(service: Service) -> typer.Typer:
    """Build the group of commands for rulebook editions."""
    cli = typer.Typer(
        no_args_is_help=True, help="Check the rulebook editions, or change to another one."
    )

    @cli.command(
        "check",
        help="Check the editions and calendars, and show what they contain or what is wrong.",
    )
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
    """Read only the settings of the law, so that a file can be checked without a service."""
    try:
        return LawSettings()
    except ValidationError as error:
        for fault in error.errors():
            name = f"{PREFIX}{str(fault['loc'][0]).upper()}"
            sys.stderr.write(f"settings refused: {name}: {message_of(fault)}\n")
        raise typer.Exit(WRONG_WORDS) from None


def calendar_commands() -> typer.Typer:
    """Build the group of commands for calendars; `rules check` checks them too."""
    return typer.Typer(no_args_is_help=True, help="Change the calendars of closed days.")
