"""What is printed when everything is up."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

from local_system.ports import DEFAULT_BASE
from local_system.system import System
from local_system.welcome import law_in_force, make


def test_whoever_starts_the_system_is_told_by_which_law_it_counts() -> None:
    told = " ".join(law_in_force())

    assert told.startswith("Edition standards-2012 is in force. Later law applies to assessments")


def test_a_command_can_be_pasted_whatever_the_folder_of_the_state_is_called() -> None:
    system = SimpleNamespace(
        state=SimpleNamespace(folder=Path("/srv/our state")),
        ports=SimpleNamespace(offset_from=DEFAULT_BASE),
    )

    assert make(cast("System", system), "seed") == "make seed STATE='/srv/our state'"
