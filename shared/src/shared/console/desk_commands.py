"""`desk`: what was set aside, seen and decided from the command line, straight on the database.

The same acts as over HTTP, by an operator named with `--by`; what does the work is imported when
a command runs. Exit codes: 0 done, 1 refused, 2 wrong words, 3 not possible just now.
"""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from shared.console.operator_session import By, OperatorSession
from shared.messaging.consuming.message_states import MessageState

if TYPE_CHECKING:
    from shared.console.desk_console import DeskConsole

COMMANDS = typer.Typer(no_args_is_help=True, help="Messages set aside: see and decide them.")

MessageId = Annotated[UUID, typer.Argument(metavar="ID", help="Id of the parked message.")]
CauseId = Annotated[UUID, typer.Argument(metavar="CAUSE", help="Id of the cause.")]
Number = Annotated[int, typer.Option(min=1, max=200, help="Lines on a page.")]
After = Annotated[str | None, typer.Option(help="The cursor under the page before.")]


def add_desk(cli: typer.Typer, session: OperatorSession) -> None:
    """Add the desk to a service's command line."""
    cli.add_typer(COMMANDS, name="desk", context_settings={"obj": session})


def _console(context: typer.Context, by: str | None = None) -> "DeskConsole":
    from shared.console.desk_console import DeskConsole  # noqa: PLC0415 - for a desk alone

    found = context.find_object(OperatorSession)
    if found is None:
        raise TypeError("a desk needs its service")
    return DeskConsole(found, by)


@COMMANDS.command("list")
def _list(
    context: typer.Context,
    state: Annotated[
        MessageState | None, typer.Option(help="Waiting and dead if not told.")
    ] = None,
    topic: Annotated[str | None, typer.Option()] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Type of the event.")] = None,
    reason: Annotated[str | None, typer.Option(help="For example refused.")] = None,
    subject: Annotated[UUID | None, typer.Option(help="Id of the subject.")] = None,
    limit: Number = 50,
    after: After = None,
) -> None:
    """List messages, the longest set aside first."""
    narrowed = {"topic": topic, "type": type_, "reason": reason, "subject_id": subject}
    _console(context).list_messages(narrowed, state, limit, after)


@COMMANDS.command("causes")
def _causes(context: typer.Context, limit: Number = 50, after: After = None) -> None:
    """List why messages are set aside now."""
    _console(context).list_causes(limit, after)


@COMMANDS.command("show")
def _show(context: typer.Context, message_id: MessageId, by: By = None) -> None:
    """Show one message, masked; that it was seen is on the audit record."""
    _console(context, by).show(message_id)


@COMMANDS.command("retry")
def _retry(context: typer.Context, message_id: MessageId, by: By = None) -> None:
    """Have the running consumer try it at once."""
    _console(context, by).retry(message_id)


@COMMANDS.command("retry-cause")
def _retry_cause(context: typer.Context, cause_id: CauseId, by: By = None) -> None:
    """Have every first message of its subject with this cause tried at once."""
    _console(context, by).retry_cause(cause_id)


@COMMANDS.command("discard-cause")
def _discard_cause(
    context: typer.Context,
    cause_id: CauseId,
    reason: Annotated[str, typer.Option(help="Why none of them must ever be applied.")],
    by: By = None,
) -> None:
    """Decide that no first message of its subject with this cause is ever applied. Final."""
    _console(context, by).discard_cause(cause_id, reason)


@COMMANDS.command("skip")
def _skip(
    context: typer.Context,
    message_id: MessageId,
    reason: Annotated[str | None, typer.Option(help="If there is more to say.")] = None,
    by: By = None,
) -> None:
    """Pass it over: its effect is here already. Final."""
    _console(context, by).skip(message_id, reason)


@COMMANDS.command("discard")
def _discard(
    context: typer.Context,
    message_id: MessageId,
    reason: Annotated[str, typer.Option(help="Why it must never be applied.")],
    by: By = None,
) -> None:
    """Decide that it must never be applied. Final."""
    _console(context, by).discard(message_id, reason)
