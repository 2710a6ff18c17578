"""`notices`: DOJ's notices from the command line, straight on the database.

What does the work is imported when a command runs. Exit codes: 0 done, 1 refused, 2 wrong words,
3 not possible just now.
"""

from datetime import datetime
from typing import Annotated

import typer

from shared.clock import CALIFORNIA
from shared.console.operator_session import By, OperatorSession

Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help="From which day on; if not told, a week before the last notice that is known.",
    ),
]


def notice_commands(session: OperatorSession) -> typer.Typer:
    """Build the group."""
    cli = typer.Typer(no_args_is_help=True, help="DOJ's notices of automatic results.")

    @cli.callback()
    def _group() -> None:
        """Keep `pull` a word of its own while it is the only one."""

    @cli.command("pull", help="Ask DOJ for the notices that this database does not have.")
    def _pull(since: Since = None, by: By = None) -> None:
        from doj_gateway.console.notice_console import pull  # noqa: PLC0415 - for a pull alone

        pulled = pull(session, since and since.replace(tzinfo=CALIFORNIA), by)
        typer.echo(f"DOJ listed {pulled.listed}; {pulled.taken_in} of them were not known here")

    return cli
