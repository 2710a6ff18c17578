"""Clocks of hosts are minutes off: leases, retries and order go by the database, not by them."""

import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from doj_gateway.sender.fault_points import SenderPoint
from faults.counted import Counted, thing_in
from faults.counting.consumed import Behavior, tell
from faults.gateway import gateway
from faults.service_process import running, started
from faults.test_api_killed import number

MINUTES = timedelta(minutes=10)
RENEWED_PAST = """
    SELECT term FROM leases
    WHERE name = 'publisher' AND expires_at > CAST($1 AS timestamptz) + make_interval(secs => 12)
"""
NOW = "SELECT clock_timestamp()"
WAITING = "SELECT reason FROM parked_messages WHERE state = 'waiting'"


@pytest.mark.long
async def test_clock_of_one_host_minutes_off(counted: Counted) -> None:
    thing, other = thing_in(0), thing_in(1)
    behind, ahead = counted.publisher("behind"), counted.publisher("ahead")
    consumer, api = counted.consumer(), counted.api()
    behind.faults.shift_clock(-MINUTES)
    ahead.faults.shift_clock(MINUTES)
    consumer.faults.shift_clock(MINUTES)
    api.faults.shift_clock(-MINUTES)
    tell(counted.behavior, Behavior.AWAY, thing)
    async with running(behind), running(ahead, consumer, api):
        (began,) = await counted.values(NOW)
        await counted.announce(thing, 1)
        answer = await number(api, other, "the-key")
        counted.writes.committed.append(UUID(answer.json()["event_id"]))
        await counted.until_values(["unavailable"], WAITING, reader=True)
        await counted.until_values([1], RENEWED_PAST, began)  # nobody took the lease meanwhile
        counted.behavior.unlink()
        await counted.until_noted(thing, 1)

        await behind.kill()
        await counted.announce(thing, 2)
        await counted.check_every_promise()

    assert await counted.values("SELECT term FROM publication") == [2]


@pytest.mark.long
async def test_clock_of_a_senders_host_minutes_off(
    new_database: Callable[[str | None], str], tmp_path: Path
) -> None:
    async with gateway(new_database, tmp_path) as doj:
        slow, ahead = doj.sender("slow"), doj.sender("ahead")
        slow.faults.arm(SenderPoint.ATTEMPTING, "pause")
        ahead.faults.shift_clock(MINUTES)
        claimed = await doj.world.queued()
        async with started(slow):
            await slow.until_paused_at(SenderPoint.ATTEMPTING)
            async with running(ahead):
                other = await doj.world.queued()
                await doj.world.until_state(other, "acknowledged")
                assert (await doj.world.submission(claimed))["claim_term"] == 1
                slow.send(signal.SIGCONT)
                await doj.world.until_state(claimed, "acknowledged")

        await doj.check_every_promise()
        assert [each["deliveries"] for each in doj.world.deliveries(claimed)] == [1]
