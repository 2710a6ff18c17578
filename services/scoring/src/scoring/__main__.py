"""Run the service: `python -m scoring migrate | api | worker | publisher | consumer | desk`."""

from scoring.service import SERVICE
from scoring.settings import Settings
from shared.console.commands import command_line
from shared.process.settings import load_settings

cli = command_line(SERVICE, lambda: load_settings(Settings))

if __name__ == "__main__":
    cli()
