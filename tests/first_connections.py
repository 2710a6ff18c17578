"""aiokafka forgets its first connection to a broker when its start is given up in the middle.

The services give up what a busy broker does not answer in time. The connection is then closed by
the garbage collector, with a warning, in whichever test runs at that moment: so it is closed with
the module that opened it. Every other connection that is left open is still a warning.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiokafka.client
import pytest


@contextmanager
def first_connections_closed() -> Iterator[None]:
    """Close the first connections, made within the block, that are still open at its end."""
    connect, first = aiokafka.client.create_conn, []

    async def connected(*place: Any, **told: Any) -> Any:  # noqa: ANN401 - the library has no types
        made = await connect(*place, **told)
        if "on_close" not in told:  # the later ones tell their client when they are closed
            first.append(made)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiokafka.client, "create_conn", connected)
        yield
    for each in first:
        each.close()
