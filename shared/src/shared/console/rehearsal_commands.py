"""The operators' commands for a change of law: `diff` and `apply`, for editions and calendars.

`diff` changes nothing. `apply` continues where it stopped if it is run again.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from shared.console.operator_session import REFUSED, By, OperatorSession, Work, leave
from shared.data_files.data_file import DataFileError
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.law.in_force import Law
from shared.law.rehearsal import applying, proposing, report
from shared.law.rehearsal.applying import Applied
from shared.law.rehearsal.proposals import Proposal
from shared.law.rehearsal.rehearsing import Findings, rehearse

New = Annotated[
    str, typer.Argument(help="Name of an installed edition or calendar, or the path of a file.")
]
File = Annotated[str | None, typer.Option(help="Path of a CSV file to write the full list to.")]
Reason = Annotated[str, typer.Option(help="The reason, for the audit trail.")]
Propose = Callable[[Law, Database, Cause, str], Awaitable[Proposal]]


def add_rehearsals(
    rules: typer.Typer,
    calendar: typer.Typer,
    session: OperatorSession,
    load: Callable[[], Law],
) -> None:
    """Add `diff` and `apply` to both groups; `load` reads the law in force at the start."""
    _add(rules, session, load, proposing.new_edition, "rules")
    _add(calendar, session, load, proposing.new_calendar, "calendar")


def _add(
    cli: typer.Typer,
    session: OperatorSession,
    load: Callable[[], Law],
    propose: Propose,
    group: str,
) -> None:
    service = session.service.name

    @cli.command("diff", help="Show what the change would do to the open duties. Changes nothing.")
    def _diff(new: New, file: File = None, by: By = None) -> None:
        law = load()
        path = file or f"{group}-diff-{service}.csv"
        session.run(_rehearsing(law, propose, new, path), by)

    @cli.command(
        "apply", help="Move the open duties. If it was interrupted, run it again to continue."
    )
    def _apply(new: New, reason: Reason, by: By = None) -> None:
        law = load()
        session.run(_applying(session, law, propose, (new, reason)), by)


def _rehearsing(law: Law, propose: Propose, new: str, path: str) -> Work[None]:
    async def work(database: Database, cause: Cause) -> None:
        proposal = await _proposed(propose, law, (database, cause), new)
        findings = await _listed(database, cause, proposal, path)
        for line in report.lines(findings, proposal.name):
            typer.echo(line)
        typer.echo(f"full list: {path}")

    return work


async def _listed(database: Database, cause: Cause, proposal: Proposal, path: str) -> Findings:
    try:
        all_of_them = report.ListOfAll(path)
    except OSError as error:
        leave(REFUSED, f"--file: {path} cannot be written: {error.strerror}")
    with all_of_them:
        return await rehearse(database, cause, proposal, all_of_them.note)


async def _proposed(propose: Propose, law: Law, at: tuple[Database, Cause], new: str) -> Proposal:
    try:
        return await propose(law, *at, new)
    except DataFileError as error:
        leave(REFUSED, str(error))


def _applying(
    session: OperatorSession, law: Law, propose: Propose, words: tuple[str, str]
) -> Work[None]:
    new, reason = words

    async def work(database: Database, cause: Cause) -> None:
        proposal = await _proposed(propose, law, (database, cause), new)
        find_owner = session.service.owner_finder()
        _say(await applying.apply(database, cause, proposal, reason, find_owner))
        if caution := proposing.caution(law, proposal):
            typer.echo(caution)

    return work


def _say(applied: Applied) -> None:
    if applied.is_resumed:
        typer.echo("continued where an earlier run had stopped")
    typer.echo(
        f"{applied.looked_at} open duties checked: {applied.moved} moved, {applied.ended} "
        f"ended, {applied.left_alone} not changed"
    )
    for why, count in sorted(applied.reasons.items()):
        typer.echo(f"  {count} not changed: {why}")
