"""The `notices` command group, which works directly on the database.

Imports that only a command needs happen when it runs. Exit codes: 0 done, 1 refused, 2 wrong
arguments, 3 temporarily not possible.
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
        help="First day of the notices to request. Default: a week before the last known notice.",
    ),
]


def notice_commands(session: OperatorSession) -> typer.Typer:
    """Build the command group."""
    cli = typer.Typer(no_args_is_help=True, help="Manage DOJ's notices of automatic results.")

    @cli.callback()
    def _group() -> None:
        """Keep `pull` a subcommand while it is the only one."""

    @cli.command("pull", help="Request the notices from DOJ that this database does not have.")
    def _pull(since: Since = None, by: By = None) -> None:
        from doj_gateway.console.notice_console import pull  # noqa: PLC0415 - for a pull alone

        pulled = pull(session, since and since.replace(tzinfo=CALIFORNIA), by)
        typer.echo(
            f"DOJ listed {pulled.listed} notices; {pulled.taken_in} of them were new and are stored"
        )

    return cli
