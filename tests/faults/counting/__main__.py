"""The command line: `python -m faults.counting api | publisher | consumer | log | consumption`."""

import os

from faults.counting.service import named
from faults.counting.settings import Settings
from shared.console.commands import command_line
from shared.process.settings import load_settings

cli = command_line(named(os.environ["CASOMB_COUNTING_SERVICE"]), lambda: load_settings(Settings))

if __name__ == "__main__":
    cli()
