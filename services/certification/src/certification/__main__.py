"""Run the service: `python -m certification migrate | api | worker | publisher | consumer | …`."""

from certification.console.intake_commands import intake_commands
from certification.service import SERVICE
from certification.settings import Settings
from shared.console.commands import command_line
from shared.process.settings import load_settings

cli = command_line(SERVICE, lambda: load_settings(Settings), {"intake": intake_commands})

if __name__ == "__main__":
    cli()
