"""Whether anything waits to be taken up: one cheap question, asked many times a second."""

from typing import NamedTuple

from shared.database.unpooled_connections import Connection

_WAITING = """
    SELECT EXISTS (SELECT FROM submissions WHERE next_step_at <= statement_timestamp()),
           EXISTS (SELECT FROM notices WHERE next_step_at <= statement_timestamp())
"""


class Waiting(NamedTuple):
    """What waits."""

    submissions: bool
    notices: bool


async def ask(connection: Connection) -> Waiting:
    """Ask on a connection of the sender's own, where the question stays prepared."""
    row = await connection.fetchrow(_WAITING)
    return Waiting(*row) if row else Waiting(submissions=False, notices=False)
