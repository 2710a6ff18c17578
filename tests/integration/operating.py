"""An operator's commands, run to their end in this process: a new one takes a second to load.

That `python -m <service>` starts and ends as it should, tests of real processes show.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from typer.testing import CliRunner, Result

from local_system.databases import database_name
from local_system.environment import migration_environment


async def operated(
    service: str,
    words: tuple[str, ...],
    url: str,
    *,
    folder: Path | None = None,
    told: Mapping[str, str] | None = None,
) -> Result:
    """Run one command of a service on the database with this address, beside the test's loop."""
    environment = {**migration_environment(service, url), **(told or {})}
    return await asyncio.to_thread(_operated, service, words, environment, folder)


def _operated(
    service: str, words: tuple[str, ...], environment: Mapping[str, str], folder: Path | None
) -> Result:
    cli = import_module(f"{database_name(service)}.__main__").cli
    with contextlib.chdir(folder or Path.cwd()):
        result = CliRunner().invoke(cli, list(words), env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
