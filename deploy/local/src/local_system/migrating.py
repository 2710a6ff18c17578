"""Runs the services' own migrations, in one process for all of them."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from local_system.errors import CannotStartError
from local_system.program import inherited_environment

MIGRATE_SECONDS = 240


async def migrate(addresses: Mapping[str, str], log_file: Path) -> None:
    """Migrate databases, given by their service's package, to the revision of the code.

    The output goes to the log file. Raises CannotStartError if a migration fails.
    """
    log_file.parent.mkdir(parents=True, exist_ok=True)
    with log_file.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "local_system.migrate"),
            env=inherited_environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=log,
            stderr=log,
        )
        try:
            async with asyncio.timeout(MIGRATE_SECONDS):
                await process.communicate(json.dumps(addresses).encode())
        except BaseException:
            process.kill()
            await process.wait()
            raise
    if process.returncode != 0:
        raise CannotStartError(f"A schema could not be migrated: see {log_file}.")
