"""The service's processes as its command line starts them."""

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import httpx

from certification.service import SERVICE
from certification.settings import Settings
from integration.certification.board_office import BoardOffice
from local_system.environment import migration_environment

NOWHERE = "postgresql://nobody@127.0.0.1:9/nowhere"


def test_a_worker_runs_a_publisher_a_consumer_and_a_clerk(settings: Settings) -> None:
    loops = {name: SERVICE.build_loop(name, settings).name for name in SERVICE.loops}

    assert loops == {"publisher": "publisher", "consumer": "consumer", "clerk": "clerk"}


def test_the_committed_document_is_the_one_the_routes_give() -> None:
    committed = Path(str(resources.files("certification"))).parents[1] / "openapi.json"

    done = subprocess.run(
        [sys.executable, "-m", "certification", "openapi"],
        env=migration_environment("certification", NOWHERE),
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )

    assert json.loads(committed.read_text()) == json.loads(done.stdout), "run `make openapi`"


async def test_the_api_is_ready_when_its_schema_stands(office: BoardOffice) -> None:
    answer: httpx.Response = await office.http.get("/health/ready")

    assert answer.json()["status"] == "ready", answer.text
