"""The service's processes as its command line starts them."""

import httpx

from certification.service import SERVICE
from certification.settings import Settings
from integration.certification.board_office import BoardOffice


def test_a_worker_runs_a_publisher_a_consumer_and_a_clerk(settings: Settings) -> None:
    loops = {name: SERVICE.build_loop(name, settings).name for name in SERVICE.loops}

    assert loops == {"publisher": "publisher", "consumer": "consumer", "clerk": "clerk"}


async def test_the_api_is_ready_when_its_schema_stands(office: BoardOffice) -> None:
    answer: httpx.Response = await office.http.get("/health/ready")

    assert answer.json()["status"] == "ready", answer.text
