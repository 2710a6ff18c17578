"""The operators' commands for a service's own event log: `python -m <service> log …`.

Each command changes only the database; a running publisher notices and restarts from there.
"""

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy import text

from shared.console.operator_session import Act, By, OperatorSession
from shared.database.transaction import Transaction
from shared.errors import UnavailableError
from shared.messaging.log import interventions, readers, retention
from shared.messaging.wire.envelope import topic_of
from shared.process.settings import KafkaSettings

_STATUS = text(
    """
    SELECT epoch, term, sequenced_through, published_through, tails,
           (SELECT count(*) FROM outbox) AS unsequenced,
           (SELECT count(*) FROM withheld_records) AS withheld,
           (SELECT owner::text FROM leases
            WHERE name = 'publisher' AND expires_at > clock_timestamp()) AS publisher,
           refused_because, foreign_records
    FROM publication CROSS JOIN published
    """
)
_WITHHELD = text(
    """
    SELECT sequence, partition, type, event_id, reason, attempts, withheld_at, is_to_be_resent
    FROM withheld_records ORDER BY sequence
    """
)


_NOBODY = {"publisher": "nobody", "refused_because": "not refused"}
Reason = Annotated[str, typer.Option(help="The reason, for the audit trail.")]
After = Annotated[
    int, typer.Option(help="Send the events after this sequence again. 0 sends all of them.")
]
Fork = Annotated[
    int | None,
    typer.Option(
        "--after",
        min=0,
        help="The last sequence that the backup contains. Needed only if events were "
        "published after the restore. If omitted, the last one that Kafka acknowledged.",
    ),
]
Sequence = Annotated[
    int | None,
    typer.Option(help="Only the event with this sequence. If omitted, all withheld events."),
]
Days = Annotated[int, typer.Option(min=1, help="The minimum number of days to keep.")]


def log_commands(session: OperatorSession) -> typer.Typer:
    """Build the group of commands."""
    cli = typer.Typer(no_args_is_help=True, help="The service's own event log.")

    @cli.command("status", help="Show how far the log is sequenced, published and read.")
    def _status() -> None:
        session.done(_show_status)

    @cli.command("begin-epoch", help="Begin the next epoch after a database restore or failover.")
    def _begin_epoch(reason: Reason, after: Fork = None, by: By = None) -> None:
        session.done(_beginning_epoch(reason, after), by)

    @cli.command("republish", help="Send events from the log again, after Kafka lost records.")
    def _republish(after: After, by: By = None) -> None:
        session.done(_republishing(after), by)

    @cli.command("withheld", help="Show events that the broker refused; the feed has them.")
    def _withheld() -> None:
        session.done(_show_withheld)

    @cli.command("resend-withheld", help="Send refused events to the broker again.")
    def _resend_withheld(sequence: Sequence = None, by: By = None) -> None:
        session.done(_resending(sequence), by)

    @cli.command(
        "remake-topic",
        help="Delete a topic whose number of partitions differs from the log's. The publisher"
        " creates it again and sends all events.",
    )
    def _remake_topic(by: By = None) -> None:
        session.done(_remaking(session.load()), by)

    @cli.command("prune", help="Drop old partitions of the log that no reader needs any more.")
    def _prune(keep_days: Days, by: By = None) -> None:
        session.done(_pruning(keep_days), by)

    return cli


def _beginning_epoch(reason: str, fork: int | None) -> Act[None]:
    async def begin(tx: Transaction) -> None:
        epoch, after = await interventions.begin_epoch(tx, reason, fork)
        typer.echo(f"epoch {epoch} begins after sequence {after}")

    return begin


def _resending(sequence: int | None) -> Act[None]:
    async def resend(tx: Transaction) -> None:
        count = await interventions.resend_withheld(tx, sequence)
        typer.echo(
            f"{count} events will be sent again; `log withheld` lists those that are refused again"
        )

    return resend


def _remaking(settings: KafkaSettings) -> Act[None]:
    async def remake(tx: Transaction) -> None:
        from shared.messaging.kafka import topics  # noqa: PLC0415 - for this alone
        from shared.messaging.kafka.waiting import KafkaUnavailableError  # noqa: PLC0415 - the same

        topic = topic_of(tx.service)
        try:
            count = await topics.partition_count(settings, topic)
            await interventions.remake_topic(tx, count)
            if count is not None:
                await topics.delete_topic(settings, topic)
        except KafkaUnavailableError as error:
            raise UnavailableError(
                f"Kafka is unavailable: {error}", code="kafka-unavailable"
            ) from None
        typer.echo(f"{topic} will be created again, and all events of the log will be sent to it")

    return remake


async def _show_withheld(tx: Transaction) -> None:
    rows = (await tx.execute(_WITHHELD)).mappings().all()
    for row in rows:
        again = ", will be sent again" if row["is_to_be_resent"] else ""
        typer.echo(
            f"{row['sequence']}  partition {row['partition']}  {row['type']}  {row['event_id']}  "
            f"{row['reason']}  {row['attempts']} attempts since {row['withheld_at']:%Y-%m-%d %H:%M}"
            f"{again}"
        )
    if not rows:
        typer.echo("no events are withheld from the topic")


def _republishing(after: int) -> Act[None]:
    async def republish(tx: Transaction) -> None:
        count = await interventions.republish(tx, after)
        typer.echo(f"{count} events will be sent again in order; consumers ignore those they have")

    return republish


def _pruning(keep_days: int) -> Act[None]:
    async def prune(tx: Transaction) -> None:
        dropped = await retention.prune(tx, tx.now - timedelta(days=keep_days))
        floor = await retention.floor(tx)
        typer.echo(f"dropped: {', '.join(dropped) or 'no partitions'}")
        typer.echo(f"events after sequence {floor.sequence} are still needed ({floor.held_by})")

    return prune


async def _show_status(tx: Transaction) -> None:
    row = (await tx.execute(_STATUS)).mappings().one_or_none()
    if row is None:
        typer.echo("nothing published yet")
        return
    for name, value in row.items():
        if name != "foreign_records":
            typer.echo(f"{name:<20} {_NOBODY.get(name, '') if value is None else value}".rstrip())
    for each in row["foreign_records"]:
        typer.echo(f"foreign on topic     {each}")
    for reader in await readers.listed(tx):
        typer.echo(f"reader {reader.name:<13} needs the events after {reader.needs_after}")
