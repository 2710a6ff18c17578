"""The command line: `python -m local_system run | demo | token | operate | doctor | clean`.

Each command imports only what it needs when it is called, so that `run` starts faster.
"""

import asyncio
import errno
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from local_system.credentials import SERVICES
from local_system.errors import CannotStartError, StepFailedError
from local_system.launch import Launch, is_running, require_running, take
from local_system.moved_time import EXAMPLE, instant_from
from local_system.preflight import all_findings
from local_system.register import Register
from local_system.service_command import service_process, service_words
from local_system.state import DOWNLOADS, state_from
from local_system.system import System, system_from
from local_system.tokens import issue
from shared.security.principals import Role

cli = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, rich_markup_mode=None)


def say(line: str) -> None:
    """Print immediately, also to a file or a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def refusing() -> Iterator[None]:
    """Print an expected error as one line and exit with code 1."""
    try:
        yield
    except (CannotStartError, StepFailedError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.stderr.write(f"The disk is full ({error.filename}): free some space and try again.\n")
        raise typer.Exit(1) from None


@cli.command()
def run(
    at: Annotated[
        str, typer.Option(help=f"The instant at which the system starts, such as {EXAMPLE}.")
    ] = "",
) -> None:
    """Start the whole system; Ctrl-C stops it."""
    with refusing():
        instant = instant_from(at) if at else None
        asyncio.run(_stay_up(system_from(), instant))


async def _stay_up(system: System, at: datetime | None) -> None:
    launch = Launch(system, say, at)
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    starting = asyncio.create_task(launch.start())
    stopping = asyncio.create_task(asked.wait())
    await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        say("stopping what has started; a download that has begun is finished first")
        starting.cancel()
        await asyncio.wait([starting])
        return
    try:
        await starting
    except BaseException:
        stopping.cancel()
        raise
    from local_system.welcome import welcome

    for line in welcome(system):
        say(line)
    await stopping
    say("stopping the services, then Kafka and PostgreSQL")
    await launch.stop()
    say("everything is stopped; the data is kept")


@cli.command()
def demo(
    report: Annotated[Path, typer.Option(help="Path of the report to write.")] = Path("demo.json"),
) -> None:
    """Run the demo scenario on a separate, new system; exit 0 if every step succeeded."""
    from local_system.demo import play_demo

    with refusing():
        is_ok = asyncio.run(play_demo(report, say))
    raise typer.Exit(0 if is_ok else 1)


@cli.command()
def token(
    role: Annotated[Role, typer.Argument(help="Role of the token.")],
    sub: Annotated[
        str | None,
        typer.Option(
            help="Subject of the token, a UUID. If omitted, the sample person of the role."
        ),
    ] = None,
    agency: Annotated[
        str | None, typer.Option(help="Agency code. If omitted, the token has no agency.")
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(help="Unit code; * means every unit. If omitted, the token has no unit."),
    ] = None,
    provider: Annotated[
        str | None, typer.Option(help="ID of a provider. If omitted, the token has no provider.")
    ] = None,
    program: Annotated[
        str | None, typer.Option(help="ID of a program. If omitted, the token has no program.")
    ] = None,
) -> None:
    """Print an access token for the system of this state folder."""
    with refusing():
        say(
            issue(
                state_from(),
                role,
                sub=sub or None,
                agency=agency or None,
                unit=unit or None,
                provider=provider or None,
                program=program or None,
            )
        )


@cli.command(
    add_help_option=False,  # --help is the service's: it lists what can be done
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def operate(
    context: typer.Context,
    service: Annotated[str, typer.Argument(help="The service, for example scoring.")],
) -> None:
    """Run a service's own command on the running system: operate scoring desk list."""
    if service not in SERVICES:
        raise typer.BadParameter(
            f"there is no service {service}; the services are {', '.join(SERVICES)}"
        )
    with refusing():
        if "--help" in context.args:  # asks nothing of a system
            command = service_words(service, context.args)
            os.execv(command[0], command)  # noqa: S606 - our own command, in our place
        system = system_from()
        require_running(system)
        command, environment = service_process(system, service, context.args)
    os.execve(command[0], command, environment)  # noqa: S606 - our own command, in our place


@cli.command("seed")
def seed_california() -> None:
    """Fill the running system with realistic sample data."""
    from local_system.seed.command import seed

    with refusing():
        asyncio.run(seed(system_from(), say))


@cli.command("seed-boundaries")
def boundaries() -> None:
    """Add cases a minute before and after each deadline; exit 0 if every date is right."""
    from local_system.boundaries.command import seed_boundaries

    with refusing():
        is_ok = asyncio.run(seed_boundaries(system_from(), say))
    raise typer.Exit(0 if is_ok else 1)


@cli.command()
def doctor() -> None:
    """Check whether the system can start on this machine."""
    from local_system.welcome import short

    with refusing():
        system = system_from()
        if is_running(system.state):
            say(f"A system is running on {short(system.state.folder)} and uses these ports.")
            say("To start another one, set STATE and PORT_BASE.")
            return
        found = asyncio.run(_looked_for(system))
    for line in found or ["The system can start: run `make run`."]:
        say(line)
    raise typer.Exit(1 if found else 0)


async def _looked_for(system: System) -> list[str]:
    return [finding async for finding in all_findings(system)]


@cli.command()
def openapi() -> None:
    """Regenerate the openapi.json of every service and of the simulator."""
    from local_system.openapi_documents import write_openapi_documents
    from local_system.welcome import short

    with refusing():
        for file in write_openapi_documents():
            say(short(file))


@cli.command()
def asyncapi() -> None:
    """Regenerate every asyncapi.yaml and the JSON Schema of every event type."""
    from local_system.catalog_documents import write_catalog_documents
    from local_system.welcome import short

    for file in write_catalog_documents():
        say(short(file))


@cli.command("catalog-check")
def catalog_check() -> None:
    """Check that the event types are compatible with the released catalog."""
    from local_system.catalog_documents import what_breaks_the_last_release

    found = what_breaks_the_last_release()
    for line in found:
        say(line)
    raise typer.Exit(1 if found else 0)


@cli.command("catalog-release")
def catalog_release() -> None:
    """Release the current event types; afterwards they may only grow."""
    from local_system.catalog_documents import release_catalog, write_catalog_documents
    from local_system.welcome import short

    with refusing():
        say(short(release_catalog()))
    for file in write_catalog_documents():
        say(short(file))


@cli.command()
def clean() -> None:
    """Delete the state: databases, topics, logs, tokens, keys. Downloads are kept."""
    state = state_from()
    with refusing():
        lock = take(state)
    Register(state.processes).sweep()
    for entry in state.folder.iterdir():
        if entry != DOWNLOADS:
            _remove(entry)
    lock.close()
    say(f"{state.folder} is deleted")


def _remove(entry: Path) -> None:
    if entry.is_dir():
        shutil.rmtree(entry)
    else:
        entry.unlink()


if __name__ == "__main__":
    cli()
