"""`persons`: what an operator does about the persons on record, straight on the database."""

import sys
from uuid import UUID

import typer

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.operations.operator_session import REFUSED, By, OperatorSession, leave


def person_commands(session: OperatorSession) -> typer.Typer:
    """Build the group."""
    cli = typer.Typer(no_args_is_help=True, help="The persons on record.")

    @cli.callback()
    def _group() -> None:
        """Keep `rewrite-numbers` a command of its own while it is the only one."""

    @cli.command(
        "rewrite-numbers",
        help="Write CII, CDCR and Social Security numbers in their one form; safe to repeat.",
    )
    def _rewrite_numbers(by: By = None) -> None:
        rewrite_numbers(session, by)

    return cli


def rewrite_numbers(session: OperatorSession, by: str | None) -> None:
    """Rewrite batch by batch; whom it could not rewrite is named by id, and ends it with 1."""
    from shared.security.personal_fields import PersonalFields  # noqa: PLC0415 - for an operator alone
    from supervision.use_cases.rewrite_person_numbers import (  # noqa: PLC0415 - the same
        Rewritten,
        rewrite_person_numbers,
    )

    fields, so_far = PersonalFields(session.load()), Rewritten()

    async def work(database: Database, cause: Cause) -> None:
        is_left = True
        while is_left:
            async with database.transaction(cause) as tx:
                is_left = await rewrite_person_numbers(tx, fields, so_far)

    session.run(work, by)
    written = len(so_far.written_anew)
    sys.stdout.write(f"{so_far.looked_at} persons: {written} written in one form\n")
    _name("has a number that cannot be read; correct it by hand", so_far.unreadable)
    _name("has the CII number of another person; the two must be merged", so_far.doubled)
    if so_far.unreadable or so_far.doubled:
        leave(REFUSED, "the persons named stay as they were")


def _name(why: str, ids: list[UUID]) -> None:
    for each in ids:
        sys.stdout.write(f"  person {each} {why}\n")
