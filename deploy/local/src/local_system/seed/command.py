"""Fills the running system of a state folder with sample data, once."""

from collections.abc import Callable
from random import Random

from local_system.boundaries.services_at import ChosenClock, services_at
from local_system.clerks_at_rest import clerks_at_rest, databases
from local_system.demo import as_the_scenario_sees
from local_system.errors import CannotStartError
from local_system.readiness import answers_ok
from local_system.scenario.world import World
from local_system.seed.plan import SEED, planned
from local_system.seed.playing import Seeder
from local_system.seed.programs import open_programs
from local_system.system import System
from shared.clock import CALIFORNIA, SystemClock, california_date
from shared.process.logging import configure_logging

SUSPENDED, REVOKED, SURRENDERED = 6, 3, 3


async def seed(system: System, say: Callable[[str], None]) -> None:
    """Seed programs, providers and a queue; raises CannotStartError if no system is running."""
    if not await answers_ok(f"{system.url('certification')}/health/ready")():
        raise CannotStartError("No system is running on this state folder: run `make run` first.")
    configure_logging("local-system", "seed", "error")
    clock = ChosenClock()
    rest = clerks_at_rest(databases(system, ["certification"]))
    async with services_at(system, clock) as http, rest:
        seeder = Seeder(World(as_the_scenario_sees(system), http, clock=clock), clock, say)
        files = planned(california_date(SystemClock().now()))
        if await seeder.was_here():
            raise CannotStartError(
                "This system already has sample data. To seed it again, run `make clean` first."
            )
        await seeder.all(files)
        clock.turn_to(SystemClock().now().astimezone(CALIFORNIA).strftime("%Y-%m-%d %H:%M"))
        say("details of programs, and the providers who work with them")
        await open_programs(seeder)
        await _change_some(seeder)
    say(f"{len(files)} applications, {len(seeder.granted)} certifications")
    say(f"the directory: {system.url('certification')}/directory")


async def _change_some(seeder: Seeder) -> None:
    """Suspend, revoke or surrender a few today, so that the register shows every status."""
    random = Random(SEED)  # noqa: S311 - nothing secret is drawn
    today = california_date(seeder.clock.now()).isoformat()
    running = [each for each in seeder.granted if each["effective_until"] > today]
    chosen = random.sample(running, SUSPENDED + REVOKED + SURRENDERED)
    acts = ["suspensions"] * SUSPENDED + ["revocations"] * REVOKED + ["surrenders"] * SURRENDERED
    for granted, act in zip(chosen, acts, strict=True):
        path = f"/v1/certifications/{granted['certification_id']}/{act}"
        body = {"reasons": ["sample data, so that the register shows this status"]}
        await seeder.manager().post(path, body)
