"""Runs a command of one service of a local system, with its settings, as an operator would."""

import os
import sys
from collections.abc import Mapping, Sequence

from local_system.databases import database_name
from local_system.launch import database_of
from local_system.system import System


def service_words(service: str, words: Sequence[str]) -> list[str]:
    """The command line of a service's own command, for example `desk list`."""
    return [sys.executable, "-m", database_name(service), *words]


def service_process(
    system: System, service: str, words: Sequence[str]
) -> tuple[list[str], Mapping[str, str]]:
    """Return the command, for example `desk list` or `log status`, and its environment."""
    command = service_words(service, words)
    return command, os.environ | system.places.service(service, database_of(system, service))
