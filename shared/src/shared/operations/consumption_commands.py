"""How far a service has read the others' events, and how a stopped partition goes on.

`python -m <service> consumption …`. What was overridden takes effect at the consumer's next look.
"""

from collections.abc import Callable
from typing import Annotated

import typer

from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.messaging.consuming import overrides
from shared.messaging.consuming.feed_client import EpochEndedError, Feed, FeedRefusedError
from shared.messaging.consuming.progress import NOTHING_YET
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import service_of
from shared.messaging.wire.partition import Partition
from shared.operations.operator_session import By, OperatorSession

Topic = Annotated[str, typer.Argument(help="For example certification.events.")]


def consumption_commands(session: OperatorSession, feed: Callable[[], Feed]) -> typer.Typer:
    """Build the group of commands; `feed` is asked where an epoch left the one before."""
    cli = typer.Typer(no_args_is_help=True, help="How far this service has read the others.")

    @cli.command("status", help="Show every partition's position.")
    def _status() -> None:
        session.done(_show_positions)

    @cli.command("accept-gap", help="Go on without what was missed: it stays missed.")
    def _accept_gap(
        topic: Topic,
        partition: Annotated[int, typer.Argument(help="Number of the partition.")],
        through: Annotated[int, typer.Option(help="The sequence that the next record follows.")],
        by: By = None,
    ) -> None:
        async def accept(tx: Transaction) -> None:
            await overrides.accept_gap(tx, Partition(topic, partition), through)
            typer.echo(f"{topic}[{partition}] goes on after {through}")

        session.done(accept, by)

    @cli.command(
        "adopt-epoch",
        help="Go on in the producer's new epoch, once what came of events beyond its fork was"
        " made anew.",
    )
    def _adopt_epoch(topic: Topic, by: By = None) -> None:
        async def adopt(tx: Transaction) -> None:
            for stands in await overrides.listed(tx):
                if stands.topic == topic:
                    typer.echo(await _adopt(tx, stands, feed()))

        session.done(adopt, by)

    return cli


async def _show_positions(tx: Transaction) -> None:
    for stands in await overrides.listed(tx):
        place = Position(stands.epoch, stands.last_sequence) if stands.epoch else "nothing yet"
        typer.echo(
            f"{stands.topic:<24} {stands.partition:>3}  after {place}, next {stands.next_offset}"
        )


async def _adopt(tx: Transaction, stands: overrides.Standing, feed: Feed) -> str:
    """Stand where the fork left the partition, if more than that was applied."""
    name = f"{stands.topic}[{stands.partition}]"
    if stands.epoch == NOTHING_YET:
        return f"{name} has nothing yet and begins in the epoch of what it holds"
    try:
        await feed.after(service_of(stands.topic), Position(stands.epoch, 0), stands.partition)
    except EpochEndedError as ended:
        last = min(stands.last_sequence, ended.tails[stands.partition])
        partition = Partition(stands.topic, stands.partition)
        await overrides.adopt_epoch(tx, partition, ended.epoch, last)
        return f"{name} goes on in epoch {ended.epoch} after {last}"
    except FeedRefusedError as refused:
        raise ConflictError(f"{name}: {refused}", code="feed-refused") from None
    return f"{name} is in the newest epoch already"
