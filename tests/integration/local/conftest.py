"""A folder for a system's state that no other test run closes.

pytest closes the folder above its temporary ones to other accounts at each start, of any run on
the machine; PostgreSQL, which refuses to run as root, then loses its way to its data.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def state_folder() -> Iterator[Path]:
    """Give a folder and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="casomb-local-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
