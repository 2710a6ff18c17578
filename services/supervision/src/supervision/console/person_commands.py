"""The `persons` command group, which works directly on the database."""

import sys
from uuid import UUID

import typer

from shared.console.operator_session import REFUSED, Act, By, OperatorSession, leave
from shared.database.database import Database
from shared.database.transaction import Cause


def person_commands(session: OperatorSession) -> typer.Typer:
    """Build the command group."""
    cli = typer.Typer(no_args_is_help=True, help="Maintain the recorded persons.")

    @cli.callback()
    def _group() -> None:
        """Make typer require the name `rewrite-numbers`, although it is the only command."""

    @cli.command(
        "rewrite-numbers",
        help="Rewrite persons' numbers in canonical form and index case numbers. Safe to repeat.",
    )
    def _rewrite_numbers(by: By = None) -> None:
        rewrite_numbers(session, by)

    return cli


def rewrite_numbers(session: OperatorSession, by: str | None) -> None:
    """Rewrite batch by batch. Prints the IDs of failed records; any failure gives exit code 1."""
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
    sys.stdout.write(f"{persons.looked_at} persons: {written} rewritten in canonical form\n")
    _name("person", "has a number that cannot be read; correct it by hand", persons.unreadable)
    _name("person", "has the CII number of another person; merge the two records", persons.doubled)
    sys.stdout.write(f"{len(cases.indexed)} case numbers indexed\n")
    _name("case", "has the same number as an earlier case of this person and agency", cases.doubled)
    if persons.unreadable or persons.doubled or cases.doubled:
        leave(REFUSED, "the records listed above were not changed")


async def _batch_by_batch(database: Database, cause: Cause, next_batch: Act[bool]) -> None:
    is_left = True
    while is_left:
        async with database.transaction(cause) as tx:
            is_left = await next_batch(tx)


def _name(what: str, why: str, ids: list[UUID]) -> None:
    for each in ids:
        sys.stdout.write(f"  {what} {each} {why}\n")
