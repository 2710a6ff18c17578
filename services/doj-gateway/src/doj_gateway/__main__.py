"""`python -m doj_gateway migrate | api | worker | publisher | consumer | sender | desk | …`."""

from doj_gateway.console.notice_commands import notice_commands
from doj_gateway.service import SERVICE
from doj_gateway.settings import Settings
from shared.console.commands import command_line
from shared.process.settings import load_settings

cli = command_line(SERVICE, lambda: load_settings(Settings), {"notices": notice_commands})

if __name__ == "__main__":
    cli()
