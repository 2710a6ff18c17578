"""From a committed fact to its effect in another service."""

from shared.identifiers import new_id
from shared.testing.messaging import running
from shared.testing.two_services import TwoServices


async def test_a_fact_committed_here_has_its_effect_there(services: TwoServices) -> None:
    thing = new_id()

    async with running(services.publisher()), running(services.consumer()):
        await services.announce(thing, 1, 2)
        await services.announce(thing, 3)

        await services.until_noted(thing, 1, 2, 3)
