"""Checks whether any step is due, with one cheap query that runs many times a second."""

from typing import NamedTuple

from shared.database.unpooled_connections import Connection

_WAITING = """
    SELECT EXISTS (SELECT FROM submissions WHERE next_step_at <= statement_timestamp()),
           EXISTS (SELECT FROM notices WHERE next_step_at <= statement_timestamp())
"""


class Waiting(NamedTuple):
    """Whether any submission or notice has a step that is due."""

    submissions: bool
    notices: bool


async def ask(connection: Connection) -> Waiting:
    """Run the query on the sender's own connection, where it stays prepared."""
    row = await connection.fetchrow(_WAITING)
    return Waiting(*row) if row else Waiting(submissions=False, notices=False)
