"""How far a service has read the others' events, and how a stopped partition goes on.

`python -m <service> consumption …`. What was overridden takes effect at the consumer's next look.
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

Topic = Annotated[str, typer.Argument(help="For example certification.events.")]


def consumption_commands(session: OperatorSession, feed: Callable[[], Feed]) -> typer.Typer:
    """Build the group of commands; `feed` is asked what the producers' logs have."""
    cli = typer.Typer(no_args_is_help=True, help="How far this service has read the others.")

    @cli.command("status", help="Show every partition's position.")
    def _status() -> None:
        session.done(_show_positions)

    _add_rebuilding(cli, session, feed)

    @cli.command("accept-gap", help="Go on without what was missed: it stays missed.")
    def _accept_gap(
        topic: Topic,
        partition: Annotated[int, typer.Argument(help="Number of the partition.")],
        through: Annotated[int, typer.Option(help="The sequence that the next record follows.")],
        by: By = None,
    ) -> None:
        async def accept(tx: Transaction) -> None:
            place = Partition(topic, partition)
            stands = await overrides.standing(tx, place)
            await overrides.require_logged(feed(), place, Position(stands.epoch, through))
            await overrides.accept_gap(tx, place, through)
            typer.echo(f"{topic}[{partition}] goes on after {through}")

        session.done(accept, by)

    @cli.command(
        "adopt-epoch",
        help="Go on in the producer's new epoch where what came of events beyond its fork was"
        " mended by hand; `rebuild` does both.",
    )
    def _adopt_epoch(topic: Topic, by: By = None) -> None:
        async def adopt(tx: Transaction) -> None:
            for stands in await overrides.listed(tx):
                if stands.topic == topic:
                    typer.echo(await _adopt(tx, stands, feed()))

        session.done(adopt, by)

    return cli


def _add_rebuilding(cli: typer.Typer, session: OperatorSession, feed: Callable[[], Feed]) -> None:
    @cli.command("lost", help="Show what was applied here and is in no log; nothing is changed.")
    def _lost(topic: Topic) -> None:
        session.run(_showing_lost(session, feed(), topic))

    @cli.command(
        "rebuild",
        help="Undo what came of events that are in no log, apply again what the log has of their"
        " subjects, and read on from where both are the same.",
    )
    def _rebuild(topic: Topic, by: By = None) -> None:
        session.run(_rebuilding(session, feed(), topic), by)


async def _show_positions(tx: Transaction) -> None:
    for stands in await overrides.listed(tx):
        place = Position(stands.epoch, stands.last_sequence) if stands.epoch else "nothing yet"
        aside = f", {stands.passed_over} passed over (desk list)" if stands.passed_over else ""
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
            typer.echo(f"whatever was applied of {topic} is in its log")
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
                    typer.echo(f"  left for you: {each}")
        except FeedRefusedError as refused:
            raise ConflictError(f"{topic}: {refused}", code="feed-refused") from None
        finally:
            await feed.close()
        typer.echo(f"what was applied of {topic} is in its log")

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
        f"{topic}[{number}]: {len(lost.events)} events of {subjects} subjects and"
        f" {len(lost.waiting)} waiting messages are in no log; it goes on after {at}"
    )


async def _adopt(tx: Transaction, stands: overrides.ConsumerPosition, feed: Feed) -> str:
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
