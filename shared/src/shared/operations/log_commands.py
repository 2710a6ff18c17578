"""What an operator does to a service's own log: `python -m <service> log …`.

Each acts on the database alone: whatever publishes just now notices and starts anew from there.
"""

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.messaging.log import interventions, readers, retention
from shared.operations.operator_session import Act, By, OperatorSession

_STATUS = text(
    """
    SELECT epoch, term, sequenced_through, published_through, tails,
           (SELECT count(*) FROM outbox) AS unsequenced,
           (SELECT owner::text FROM leases
            WHERE name = 'publisher' AND expires_at > clock_timestamp()) AS publisher
    FROM publication CROSS JOIN published
    """
)


Reason = Annotated[str, typer.Option(help="Why, for whoever asks later.")]
After = Annotated[int, typer.Option(help="Send what follows this sequence; 0 sends all.")]
Days = Annotated[int, typer.Option(min=1, help="Days to keep at the least.")]


def log_commands(session: OperatorSession) -> typer.Typer:
    """Build the group of commands."""
    cli = typer.Typer(no_args_is_help=True, help="The service's own event log.")

    @cli.command("status", help="Show how far the log is sequenced, published and read.")
    def _status() -> None:
        session.done(_show_status)

    @cli.command("begin-epoch", help="After a restore or promotion: begin the next epoch here.")
    def _begin_epoch(reason: Reason, by: By = None) -> None:
        session.done(_beginning_epoch(reason), by)

    @cli.command("republish", help="After Kafka lost records: send them again from the log.")
    def _republish(after: After, by: By = None) -> None:
        session.done(_republishing(after), by)

    @cli.command("prune", help="Drop old partitions of the log that nobody needs any more.")
    def _prune(keep_days: Days, by: By = None) -> None:
        session.done(_pruning(keep_days), by)

    return cli


def _beginning_epoch(reason: str) -> Act[None]:
    async def begin(tx: Transaction) -> None:
        epoch, after = await interventions.begin_epoch(tx, reason)
        typer.echo(f"epoch {epoch} begins after sequence {after}")

    return begin


def _republishing(after: int) -> Act[None]:
    async def republish(tx: Transaction) -> None:
        count = await interventions.republish(tx, after)
        typer.echo(f"{count} events are sent again, in order; consumers skip what they have")

    return republish


def _pruning(keep_days: int) -> Act[None]:
    async def prune(tx: Transaction) -> None:
        dropped = await retention.prune(tx, tx.now - timedelta(days=keep_days))
        floor = await retention.floor(tx)
        typer.echo(f"dropped: {', '.join(dropped) or 'nothing'}")
        typer.echo(f"needed after sequence {floor.sequence} ({floor.held_by})")

    return prune


async def _show_status(tx: Transaction) -> None:
    row = (await tx.execute(_STATUS)).mappings().one_or_none()
    if row is None:
        typer.echo("nothing was ever published from here")
        return
    for name, value in row.items():
        typer.echo(f"{name:<20} {value if value is not None else 'nobody'}")
    for reader in await readers.listed(tx):
        typer.echo(f"reader {reader.name:<13} needs what follows {reader.needs_after}")
