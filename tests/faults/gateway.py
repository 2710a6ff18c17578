"""A gateway whose sender is a process of its own, between a real DOJ simulator and stand-ins."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from contract.doj_simulator.running import KEY, RunningSimulator, running_simulator, served
from doj_gateway.service import SERVICE
from doj_gateway.settings import Settings
from faults.checker import promises
from faults.checker.recorded import Arrived, Submitted
from faults.service_process import ServiceProcess
from faults.way_to_doj import Wire, wire_to
from integration.doj_gateway.conftest import FIELD_KEY
from integration.doj_gateway.gateway_world import World
from integration.doj_gateway.neighbors import Neighbors
from local_system.ports import HOST
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine

NOWHERE = f"http://{HOST}:9"
SUBMITTED = """
    SELECT reference, state, content_hash, receipt_number,
           ARRAY(SELECT reason_code FROM attempts
                 WHERE submission_id = submissions.id AND outcome IN ('rejected', 'unknown')
                   AND reason_code IS NOT NULL) AS refusals
    FROM submissions
"""
RUN_OUT = "UPDATE submissions SET next_step_at = clock_timestamp() WHERE next_step_at IS NOT NULL"
ANNOUNCED_TWICE = """
    SELECT type, subject_id FROM outbox GROUP BY type, subject_id, data HAVING count(*) > 1
"""


@dataclass
class Gateway:
    """The gateway's database and world, the wire to DOJ, its sender processes."""

    world: World
    wire: Wire
    folder: Path

    def sender(self, name: str = "sender") -> ServiceProcess:
        """A sender as a process."""
        return ServiceProcess(
            name, self.folder / name, ("doj_gateway", "sender"), told(self.world.settings)
        )

    async def let_the_claims_run_out(self) -> None:
        """Bring forward what comes by itself when a dead sender's claim has lasted its time."""
        async with self.world.database.engine.begin() as connection:
            await connection.exec_driver_sql(RUN_OUT)

    async def check_every_promise(self) -> None:
        """DOJ took each reference at most once with one content; nothing was announced twice."""
        submitted = [Submitted(**row) for row in await self.world.rows(SUBMITTED)]
        names = Arrived.__dataclass_fields__
        arrived = [
            Arrived(**{name: each[name] for name in names})
            for each in self.world.simulator.arrived()
        ]
        promises.doj_has_each_score_once(submitted, arrived)
        assert await self.world.rows(ANNOUNCED_TWICE) == []


@asynccontextmanager
async def gateway(
    new_database: Callable[[str | None], str], folder: Path, acknowledge_after_seconds: float = 0.1
) -> AsyncIterator[Gateway]:
    """A gateway and everybody it speaks to, for the length of the block."""
    neighbors = Neighbors()
    with running_simulator(
        folder / "doj.sqlite", acknowledge_after_seconds=acknowledge_after_seconds
    ) as simulator:
        async with served(neighbors.app()) as url, wire_to(simulator.port) as (wire, port):
            settings = _settings(new_database(SERVICE.name), url, f"http://{HOST}:{port}")
            world = _world(settings, neighbors, simulator)
            yield Gateway(world, wire, folder)
            await world.database.engine.dispose()


def _world(settings: Settings, neighbors: Neighbors, simulator: RunningSimulator) -> World:
    database = Database(create_engine(settings, "tests"), SystemClock(), SERVICE.name)
    return World(settings, database, neighbors, simulator)


def _settings(database_url: str, neighbors_url: str, intake_url: str) -> Settings:
    return Settings.model_validate(
        {
            "database_url": database_url,
            "database_pool_size": 3,
            "kafka_bootstrap_servers": f"{HOST}:9",
            "http_port": 1,
            "token_issuer": NOWHERE,
            "token_keys_url": NOWHERE,
            "field_encryption_key": FIELD_KEY,
            "blind_index_key": FIELD_KEY,
            "service_token_url": f"{neighbors_url}/token",
            "service_client_id": "doj-gateway",
            "service_client_secret": "a-secret",
            "supervision_url": neighbors_url,
            "scoring_url": neighbors_url,
            "doj_intake_url": intake_url,
            "doj_intake_key": KEY,
            "doj_acknowledgment_poll_seconds": 0.05,
        }
    )


def told(settings: Settings) -> dict[str, str]:
    """The settings as the environment of a process."""
    values = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in settings
    }
    written = {
        name: json.dumps(value) if isinstance(value, dict) else str(value)
        for name, value in values.items()
        if value not in ({}, "")
    }
    return {f"CASOMB_{name.upper()}": text for name, text in written.items()}
