"""Kafka stands still for a minute while requests go on: no API notices, and nothing is lost."""

import os
import signal
import time
from collections import Counter

import httpx
import pytest

from faults.conftest import RunningSystem
from faults.event_checker import check_every_promise

OUTAGE_SECONDS = 60
APPLICATION = {
    "kind": "provider",
    "name": "Someone Invented",
    "level": "independent",
    "documents": ["application-form"],
    "another": True,
    "another_reason": "one account applies again and again, so that there is much to announce",
}


@pytest.mark.long
async def test_the_api_answers_through_a_minute_without_kafka(
    running_system: RunningSystem,
) -> None:
    system, supervisor = running_system.system, running_system.launch.supervisor
    address = f"{system.url('certification')}/v1/applications"
    headers = {"Authorization": f"Bearer {system.token('applicant')}"}
    before = supervisor.restarts("certification api")
    answers: Counter[int] = Counter()

    os.kill(supervisor.process_id("kafka"), signal.SIGSTOP)
    try:
        async with httpx.AsyncClient(timeout=5, headers=headers) as http:
            until = time.monotonic() + OUTAGE_SECONDS
            while time.monotonic() < until:
                answers[(await http.post(address, json=APPLICATION)).status_code] += 1
    finally:
        os.kill(supervisor.process_id("kafka"), signal.SIGCONT)

    assert set(answers) == {201}
    assert supervisor.restarts("certification api") == before
    await check_every_promise(system)
