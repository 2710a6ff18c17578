"""The command line of every service: migrate, api, worker, single loops, operators' commands."""

import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from shared.clock import SystemClock, california_date, travel_by
from shared.composition.service import Service
from shared.console.consumption_commands import consumption_commands
from shared.console.desk_commands import add_desk
from shared.console.law_commands import calendar_commands, rules_commands
from shared.console.log_commands import log_commands
from shared.console.operator_session import OperatorSession
from shared.console.rehearsal_commands import add_rehearsals
from shared.data_files.data_file import DataFileError
from shared.database.engine import create_engine
from shared.law.in_force import Law, load_law
from shared.law.reading.coverage import coverage_faults
from shared.law.reading.law_library import UnknownEditionError
from shared.process.garbage import collect_seldom
from shared.process.logging import configure_logging, logger
from shared.process.loops import leave, run_process
from shared.process.servers import api_server
from shared.process.settings import (
    HttpSettings,
    LawSettings,
    ServiceSettings,
    SettingsRefusedError,
    described,
)
from shared.schema.after_schema import AfterSchema
from shared.schema.schema_check import SchemaCheck
from shared.security.entitlements import PolicyRefusedError, load_policy

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shared.messaging.consuming.feed_client import FeedClient

LOG = logger(__name__)


OwnGroups = Mapping[str, Callable[[OperatorSession], typer.Typer]]
"""Names of command groups that one service adds to those that all services have."""


def command_line(
    service: Service, load: Callable[[], ServiceSettings], own: OwnGroups | None = None
) -> typer.Typer:
    """Build the command line; `load` reads the settings when a command starts."""
    cli = typer.Typer(
        no_args_is_help=True, add_completion=False, help=f"Commands of the {service.name} service."
    )

    def starting(process: str) -> ServiceSettings:
        return _starting(service, _loaded(load), process)

    @cli.command("migrate", help="Migrate the database to the schema of this version.")
    def _migrate() -> None:
        _migrated(service, starting("migrate"))

    @cli.command("api", help="Serve the HTTP API.")
    def _api() -> None:
        settings = starting("api")
        _serve(_built(service, settings), settings)

    @cli.command("openapi", help="Write the OpenAPI document to standard output.")
    def _openapi() -> None:
        document = service.build_api(_loaded(load)).openapi()
        sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")

    def add_loops(process: str, names: Sequence[str], text: str) -> None:
        @cli.command(process, help=text)
        def _run() -> None:
            leave(asyncio.run(_work(service, starting(process), names)))

    add_loops("worker", service.loops, "Run all of the service's loops in one process.")
    for name in service.loops:
        add_loops(name, [name], f"Run only the loop {name}.")
    _add_operators_commands(cli, service, load, own or {})
    return cli


def _starting(service: Service, settings: ServiceSettings, process: str) -> ServiceSettings:
    """Log what starts with which settings; refuse settings that cannot be used."""
    configure_logging(service.name, process, settings.log_level)
    if settings.time_offset_seconds:
        LOG.warning("time_is_moved", now=SystemClock().now().isoformat())
    LOG.info("starting", settings=described(settings))
    _say_law(_required_law(settings))
    _require_policy(settings.policy_file)
    return settings


def _migrated(service: Service, settings: ServiceSettings) -> None:
    from shared.schema import migration  # noqa: PLC0415 - Alembic is for this alone
    from shared.schema.former_revisions import UnknownRevisionError  # noqa: PLC0415 - the same

    try:
        migration.migrate(service.migrations, settings.database_url.get_secret_value())
    except (migration.MigrationBlockedError, UnknownRevisionError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None


def _add_operators_commands(
    cli: typer.Typer, service: Service, load: Callable[[], ServiceSettings], own: OwnGroups
) -> None:
    """Add the operators' commands, which work on the service's own database."""
    session = OperatorSession(service, lambda: _loaded(load))

    def feed() -> "FeedClient":
        from shared.messaging.consuming.feed_client import FeedClient  # noqa: PLC0415 - for this alone

        return FeedClient.of(_loaded(load))

    add_desk(cli, session)
    rules, calendar = rules_commands(service), calendar_commands()
    add_rehearsals(rules, calendar, session, lambda: _required_law(_loaded(load)))
    cli.add_typer(rules, name="rules")
    cli.add_typer(calendar, name="calendar")
    cli.add_typer(log_commands(session), name="log")
    cli.add_typer(consumption_commands(session, feed), name="consumption")
    for name, build in own.items():
        cli.add_typer(build(session), name=name)


async def _work(service: Service, settings: ServiceSettings, names: Sequence[str]) -> int:
    engine = create_engine(settings, f"{service.name} health")
    schema = SchemaCheck(engine, service.migrations)
    loops = [AfterSchema(service.build_loop(name, settings), schema) for name in names]
    at = (settings.operations_host, settings.operations_port)
    return await run_process(loops, {"database": schema}, at)


def _serve(app: "FastAPI", settings: HttpSettings) -> None:
    from shared.http.serving import ApiProtocol  # noqa: PLC0415 - for an API alone

    collect_seldom()
    api_server(app, app.state.parts.checks, settings, ApiProtocol).run()


def _required_law(settings: LawSettings) -> Law:
    """Load the law or exit: a rollout stops here, and the old processes keep the old law."""
    try:
        return load_law(settings.rulebook_edition, settings.law_folder)
    except UnknownEditionError as error:
        sys.stderr.write(f"settings refused: CASOMB_RULEBOOK_EDITION: {error.detail}\n")
    except DataFileError as error:
        sys.stderr.write(f"settings refused: {error}\n")
    raise typer.Exit(2)


def _built(service: Service, settings: ServiceSettings) -> "FastAPI":
    """Build the API; the service's own data files may name something that the edition lacks."""
    try:
        return service.build_api(settings)
    except DataFileError as error:
        sys.stderr.write(f"settings refused: {error}\n")
        raise typer.Exit(2) from None


def _say_law(law: Law) -> None:
    """Log the edition in force, its warnings, and the calendars that end too soon."""
    edition = law.edition
    LOG.info("rulebook_edition", edition=edition.name, hash=edition.hash, notice=edition.notice)
    for fault in coverage_faults(law.calendars.values(), california_date(SystemClock().now())):
        LOG.error(
            "calendar_ends_soon",
            calendar=fault.calendar,
            covers_until=str(fault.covers_until),
            needed_until=str(fault.needed_until),
        )


def _require_policy(file: str) -> None:
    try:
        load_policy(file)
    except PolicyRefusedError as error:
        sys.stderr.write(f"settings refused: CASOMB_POLICY_FILE: {error}\n")
        raise typer.Exit(2) from None


def _loaded(load: Callable[[], ServiceSettings]) -> ServiceSettings:
    """Read the settings, and set the process's clock if they move it."""
    try:
        settings = load()
    except SettingsRefusedError as error:
        sys.stderr.write(f"settings refused: {error}\n")
        raise typer.Exit(2) from None
    travel_by(timedelta(seconds=settings.time_offset_seconds))
    return settings
