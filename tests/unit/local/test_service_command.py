"""An operator's command on a local system is the service's own, with its settings."""

import sys
from pathlib import Path

from local_system.ports import Ports
from local_system.service_command import service_process
from local_system.state import StateFolder
from local_system.system import System


def test_the_command_is_the_services_own_with_its_settings(tmp_path: Path) -> None:
    system = System(
        StateFolder(tmp_path), Ports(), own_database_server="postgresql://me@db.example:1/x"
    )

    command, environment = service_process(system, "doj-gateway", ["desk", "skip", "ID"])

    assert command == [sys.executable, "-m", "doj_gateway", "desk", "skip", "ID"]
    assert environment["CASOMB_DATABASE_URL"].endswith("@db.example:1/doj_gateway")
    assert environment["CASOMB_FIELD_ENCRYPTION_KEY"]
