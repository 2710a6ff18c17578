"""Seeds the boundary cases of the running system of a state folder, and prints the results."""

from collections.abc import Callable

import httpx

from local_system.boundaries.seeding import Seeding
from local_system.boundaries.services_at import TIMEOUT_SECONDS, ChosenClock, services_at
from local_system.boundaries.telling import tell
from local_system.clerks_at_rest import clerks_at_rest, databases
from local_system.credentials import SERVICES
from local_system.demo import as_the_scenario_sees
from local_system.errors import CannotStartError
from local_system.readiness import answers_ok
from local_system.scenario.world import World
from local_system.system import System
from shared.process.logging import configure_logging


async def seed_boundaries(system: System, say: Callable[[str], None]) -> bool:
    """Seed, read back through the running APIs and print; returns whether every date is right."""
    if not await answers_ok(f"{system.url('certification')}/health/ready")():
        raise CannotStartError("No system is running on this state folder: run `make run` first.")
    configure_logging("local-system", "seed-boundaries", "error")
    seen, clock = as_the_scenario_sees(system), ChosenClock()
    rest = clerks_at_rest(databases(system, SERVICES))
    async with services_at(system, clock) as http, rest:
        duties = await Seeding(seen, http, clock, say).all()
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as running:
        told = await tell(World(seen, running), duties)
    say("")
    for line in told.lines:
        say(line)
    say(
        "every date matches the one counted by hand" if told.is_ok else "a date is WRONG, see above"
    )
    return told.is_ok
