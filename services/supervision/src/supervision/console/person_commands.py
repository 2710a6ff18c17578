"""`persons`: what an operator does about the persons on record, straight on the database."""

import sys
from uuid import UUID

import typer

from shared.console.operator_session import REFUSED, Act, By, OperatorSession, leave
from shared.database.database import Database
from shared.database.transaction import Cause


def person_commands(session: OperatorSession) -> typer.Typer:
    """Build the group."""
    cli = typer.Typer(no_args_is_help=True, help="The persons on record.")

    @cli.callback()
    def _group() -> None:
        """Keep `rewrite-numbers` a command of its own while it is the only one."""

    @cli.command(
        "rewrite-numbers",
        help="Write persons' numbers in their one form and index case numbers; safe to repeat.",
    )
    def _rewrite_numbers(by: By = None) -> None:
        rewrite_numbers(session, by)

    return cli


def rewrite_numbers(session: OperatorSession, by: str | None) -> None:
    """Rewrite batch by batch; what it could not rewrite is named by id, and ends it with 1."""
    from shared.security.personal_fields import PersonalFields  # noqa: PLC0415 - for an operator alone
    from supervision.use_cases.rewrite_person_numbers import (  # noqa: PLC0415 - the same
        IndexedCases,
        Rewritten,
        index_case_numbers,
        rewrite_person_numbers,
    )

    fields = PersonalFields(session.load())
    persons, cases = Rewritten(), IndexedCases()

    async def work(database: Database, cause: Cause) -> None:
        await _batch_by_batch(
            database, cause, lambda tx: rewrite_person_numbers(tx, fields, persons)
        )
        await _batch_by_batch(database, cause, lambda tx: index_case_numbers(tx, fields, cases))

    session.run(work, by)
    written = len(persons.written_anew)
    sys.stdout.write(f"{persons.looked_at} persons: {written} written in one form\n")
    _name("person", "has a number that cannot be read; correct it by hand", persons.unreadable)
    _name("person", "has another person's CII number; merge the two", persons.doubled)
    sys.stdout.write(f"{len(cases.indexed)} case numbers indexed\n")
    _name("case", "has the number of an earlier case of this person and agency", cases.doubled)
    if persons.unreadable or persons.doubled or cases.doubled:
        leave(REFUSED, "the records named stay as they were")


async def _batch_by_batch(database: Database, cause: Cause, next_batch: Act[bool]) -> None:
    is_left = True
    while is_left:
        async with database.transaction(cause) as tx:
            is_left = await next_batch(tx)


def _name(what: str, why: str, ids: list[UUID]) -> None:
    for each in ids:
        sys.stdout.write(f"  {what} {each} {why}\n")
