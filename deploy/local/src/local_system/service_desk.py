"""The desk of one service of a local system: the service's own command, with its settings."""

import os
import sys
from collections.abc import Mapping, Sequence

from local_system.databases import database_name
from local_system.launch import database_of
from local_system.system import System


def desk_process(
    system: System, service: str, words: Sequence[str]
) -> tuple[list[str], Mapping[str, str]]:
    """Return the command and its environment."""
    command = [sys.executable, "-m", database_name(service), "desk", *words]
    return command, os.environ | system.places.service(service, database_of(system, service))
