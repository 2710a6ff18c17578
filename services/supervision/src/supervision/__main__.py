"""Run: `python -m supervision migrate | api | worker | publisher | consumer | persons | …`."""

from shared.console.commands import command_line
from shared.process.settings import load_settings
from supervision.console.person_commands import person_commands
from supervision.service import SERVICE
from supervision.settings import Settings

cli = command_line(SERVICE, lambda: load_settings(Settings), {"persons": person_commands})

if __name__ == "__main__":
    cli()
