"""The Board recorded that a provider works in a program, or from when no longer."""

from shared.credentials import program_links
from shared.credentials.program_links import ToldLink
from shared.database.transaction import Transaction


async def learn_program_link(tx: Transaction, told: ToldLink) -> None:
    """Keep the link as it was told last."""
    program_links.keep(tx, told)
