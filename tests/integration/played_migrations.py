"""One migration of a service, played again over data that its tests made."""

import asyncio

from alembic import command

from shared.composition.service import Service
from shared.schema.migration import configuration


async def play_again(service: Service, url: str, *, before: str, revision: str) -> None:
    """Run one migration on a database that stands at the head, its own changes undone by hand.

    Later migrations stay as they are: whoever adds one need not know of this one's test.
    """
    schema = configuration(service.migrations, url)
    await asyncio.to_thread(command.stamp, schema, before)
    await asyncio.to_thread(command.upgrade, schema, revision)
    await asyncio.to_thread(command.stamp, schema, "head")
