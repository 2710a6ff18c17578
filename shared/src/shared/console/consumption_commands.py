"""How far a service has read other services' events, and how to restart a stopped partition.

Run as `python -m <service> consumption …`. The consumer applies a change at its next check.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from shared.console.operator_session import By, OperatorSession, Work
from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.errors import ConflictError
from shared.messaging.consuming import overrides
from shared.messaging.consuming.feed_client import EpochEndedError, Feed, FeedRefusedError
from shared.messaging.consuming.progress import NOTHING_YET
from shared.messaging.log.positions import Position
from shared.messaging.wire.envelope import service_of
from shared.messaging.wire.partition import Partition

if TYPE_CHECKING:
    from shared.messaging.consuming.lost_events import LostEvents
    from shared.messaging.consuming.rebuilding import Rebuilding

Topic = Annotated[str, typer.Argument(help="Name of the topic, for example certification.events.")]
Number = Annotated[int, typer.Argument(help="Number of the partition.")]
Through = Annotated[
    int,
    typer.Option(help="Sequence after which reading continues. Events up to it are skipped."),
]
_ADOPTS = (
    "Continue in the producer's new epoch, after you have corrected by hand what"
    " events beyond the fork have changed here. The command `rebuild` does both."
)


def consumption_commands(session: OperatorSession, feed: Callable[[], Feed]) -> typer.Typer:
    """Build the group of commands; `feed` asks the producers' feeds what their logs contain."""
    cli = typer.Typer(
        no_args_is_help=True, help="How far this service has read the events of other services."
    )

    @cli.command("status", help="Show the position of every partition.")
    def _status() -> None:
        session.done(_show_positions)

    _add_rebuilding(cli, session, feed)

    @cli.command(
        "accept-gap",
        help="Continue a partition without its missing events. They are never applied.",
    )
    def _accept_gap(topic: Topic, partition: Number, through: Through, by: By = None) -> None:
        async def accept(tx: Transaction) -> None:
            place = Partition(topic, partition)
            stands = await overrides.standing(tx, place)
            await overrides.require_logged(feed(), place, Position(stands.epoch, through))
            await overrides.accept_gap(tx, place, through)
            typer.echo(f"{topic}[{partition}] continues after sequence {through}")

        session.done(accept, by)

    @cli.command("adopt-epoch", help=_ADOPTS)
    def _adopt_epoch(topic: Topic, by: By = None) -> None:
        async def adopt(tx: Transaction) -> None:
            for stands in await overrides.listed(tx):
                if stands.topic == topic:
                    typer.echo(await _adopt(tx, stands, feed()))

        session.done(adopt, by)

    return cli


def _add_rebuilding(cli: typer.Typer, session: OperatorSession, feed: Callable[[], Feed]) -> None:
    @cli.command(
        "lost",
        help="Show the events that were applied here but are not in the producer's "
        "log. Changes nothing.",
    )
    def _lost(topic: Topic) -> None:
        session.run(_showing_lost(session, feed(), topic))

    @cli.command(
        "rebuild",
        help="Undo events that are not in the producer's log, apply the log's events for the "
        "same subjects again, and continue reading where both agree.",
    )
    def _rebuild(topic: Topic, by: By = None) -> None:
        session.run(_rebuilding(session, feed(), topic), by)


async def _show_positions(tx: Transaction) -> None:
    for stands in await overrides.listed(tx):
        place = Position(stands.epoch, stands.last_sequence) if stands.epoch else "nothing yet"
        aside = (
            f", {stands.passed_over} skipped messages (see `desk list`)"
            if stands.passed_over
            else ""
        )
        typer.echo(
            f"{stands.topic:<24} {stands.partition:>3}  after {place}, next {stands.next_offset}"
            f"{aside}"
        )


def _showing_lost(session: OperatorSession, feed: Feed, topic: str) -> Work[None]:
    async def show(database: Database, cause: Cause) -> None:
        is_any = False
        async for lost in _rebuild_of(session, database, cause, feed).look(topic):
            is_any = True
            typer.echo(_told(lost))
            for event in lost.events:
                typer.echo(f"  {event.epoch}:{event.sequence}  {event.type}  {event.subject_id}")
        if not is_any:
            typer.echo(f"all events applied from {topic} are in its log")
        await feed.close()

    return show


def _rebuilding(session: OperatorSession, feed: Feed, topic: str) -> Work[None]:
    async def rebuild(database: Database, cause: Cause) -> None:
        rebuilding = _rebuild_of(session, database, cause, feed)
        try:
            async for lost in rebuilding.look(topic):
                left = await rebuilding.rebuild(lost)
                typer.echo(_told(lost))
                for each in left:
                    typer.echo(f"  do this by hand: {each}")
        except FeedRefusedError as refused:
            raise ConflictError(f"{topic}: {refused}", code="feed-refused") from None
        finally:
            await feed.close()
        typer.echo(f"all events applied from {topic} are in its log")

    return rebuild


def _rebuild_of(
    session: OperatorSession, database: Database, cause: Cause, feed: Feed
) -> "Rebuilding":
    from shared.messaging.consuming.rebuilding import Rebuilding  # noqa: PLC0415 - for this alone

    handlers = session.service.event_handlers(session.load())
    return Rebuilding(database, cause, feed, handlers)


def _told(lost: "LostEvents") -> str:
    topic, number = lost.partition
    subjects = len({event.subject_id for event in lost.events})
    at = Position(lost.goes_on.epoch, lost.goes_on.last_sequence)
    return (
        f"{topic}[{number}]: {len(lost.events)} events of {subjects} subjects and "
        f"{len(lost.waiting)} waiting messages are not in the log; reading continues after "
        f"{at}"
    )


async def _adopt(tx: Transaction, stands: overrides.ConsumerPosition, feed: Feed) -> str:
    """Move the partition back to the fork, if it was read beyond it."""
    name = f"{stands.topic}[{stands.partition}]"
    if stands.epoch == NOTHING_YET:
        return f"{name} has no events yet and starts in the epoch of the first one"
    try:
        await feed.after(service_of(stands.topic), Position(stands.epoch, 0), stands.partition)
    except EpochEndedError as ended:
        last = min(stands.last_sequence, ended.tails[stands.partition])
        partition = Partition(stands.topic, stands.partition)
        await overrides.adopt_epoch(tx, partition, ended.epoch, last)
        return f"{name} continues in epoch {ended.epoch} after sequence {last}"
    except FeedRefusedError as refused:
        raise ConflictError(f"{name}: {refused}", code="feed-refused") from None
    return f"{name} is already in the newest epoch"
