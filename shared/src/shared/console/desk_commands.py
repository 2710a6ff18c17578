"""`desk`: list and decide parked messages from the command line, directly on the database.

The same actions as over HTTP, by the operator named with `--by`. The modules that do the work are
imported when a command runs. Exit codes: 0 done, 1 refused, 2 wrong arguments, 3 unavailable.
"""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from shared.console.operator_session import By, OperatorSession
from shared.messaging.consuming.message_states import MessageState

if TYPE_CHECKING:
    from shared.console.desk_console import DeskConsole

COMMANDS = typer.Typer(
    no_args_is_help=True, help="Parked messages (the dead-letter queue): list and decide them."
)

MessageId = Annotated[UUID, typer.Argument(metavar="ID", help="ID of the parked message.")]
CauseId = Annotated[UUID, typer.Argument(metavar="CAUSE", help="ID of the cause.")]
Number = Annotated[int, typer.Option(min=1, max=200, help="The maximum number of lines to show.")]
After = Annotated[str | None, typer.Option(help="The cursor printed below the previous page.")]


def add_desk(cli: typer.Typer, session: OperatorSession) -> None:
    """Add the desk to a service's command line."""
    cli.add_typer(COMMANDS, name="desk", context_settings={"obj": session})


def _console(context: typer.Context, by: str | None = None) -> "DeskConsole":
    from shared.console.desk_console import DeskConsole  # noqa: PLC0415 - for a desk alone

    found = context.find_object(OperatorSession)
    if found is None:
        raise TypeError("the desk commands need their service")
    return DeskConsole(found, by)


@COMMANDS.command("list")
def _list(
    context: typer.Context,
    state: Annotated[
        MessageState | None,
        typer.Option(help="State of the messages. If omitted, waiting and dead ones."),
    ] = None,
    topic: Annotated[str | None, typer.Option()] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Type of the event.")] = None,
    reason: Annotated[
        str | None, typer.Option(help="Why the message was parked, for example refused.")
    ] = None,
    subject: Annotated[UUID | None, typer.Option(help="ID of the subject.")] = None,
    limit: Number = 50,
    after: After = None,
) -> None:
    """List parked messages, longest parked first."""
    narrowed = {"topic": topic, "type": type_, "reason": reason, "subject_id": subject}
    _console(context).list_messages(narrowed, state, limit, after)


@COMMANDS.command("causes")
def _causes(context: typer.Context, limit: Number = 50, after: After = None) -> None:
    """List the causes for which messages are parked now."""
    _console(context).list_causes(limit, after)


@COMMANDS.command("show")
def _show(context: typer.Context, message_id: MessageId, by: By = None) -> None:
    """Show one message with masked values. The access is recorded in the audit trail."""
    _console(context, by).show(message_id)


@COMMANDS.command("retry")
def _retry(context: typer.Context, message_id: MessageId, by: By = None) -> None:
    """Make the running consumer try the message now."""
    _console(context, by).retry(message_id)


@COMMANDS.command("retry-cause")
def _retry_cause(context: typer.Context, cause_id: CauseId, by: By = None) -> None:
    """Try the first message of each subject with this cause now."""
    _console(context, by).retry_cause(cause_id)


@COMMANDS.command("discard-cause")
def _discard_cause(
    context: typer.Context,
    cause_id: CauseId,
    reason: Annotated[str, typer.Option(help="Why none of these messages may ever be applied.")],
    by: By = None,
) -> None:
    """Discard the first message of each subject with this cause. This cannot be undone."""
    _console(context, by).discard_cause(cause_id, reason)


@COMMANDS.command("skip")
def _skip(
    context: typer.Context,
    message_id: MessageId,
    reason: Annotated[
        str | None, typer.Option(help="Why the effect is already here (optional).")
    ] = None,
    by: By = None,
) -> None:
    """Skip the message because its effect is already here. This cannot be undone."""
    _console(context, by).skip(message_id, reason)


@COMMANDS.command("discard")
def _discard(
    context: typer.Context,
    message_id: MessageId,
    reason: Annotated[str, typer.Option(help="Why the message may never be applied.")],
    by: By = None,
) -> None:
    """Discard the message: it is never applied. This cannot be undone."""
    _console(context, by).discard(message_id, reason)
