"""The worked consumer beside a running system: Kafka goes and comes, the consumer dies.

Every event of the log ends in its state file once, in order.
"""

import asyncio
import os
import signal
import sys

import httpx
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.structs import TopicPartition

from journeys.partner import Partner
from local_system.launch import Launch, database_of
from local_system.program import inherited_environment
from local_system.system import System

TOPIC = "certification.events"
RESTART_SECONDS = 240
APPLICATION = {
    "kind": "provider",
    "name": "Someone Invented",
    "level": "independent",
    "documents": ["application-form"],
    "another": True,
    "another_reason": "one account applies again and again, so that there is much to announce",
}


async def apply(system: System, count: int) -> None:
    """Have applications submitted, each of which is announced."""
    headers = {"Authorization": f"Bearer {system.token('applicant')}"}
    address = f"{system.url('certification')}/v1/applications"
    async with httpx.AsyncClient(timeout=60, headers=headers) as http:
        for _ in range(count):
            answer = await http.post(address, json=APPLICATION)
            assert answer.status_code == httpx.codes.CREATED


async def lose_all_records(system: System) -> None:
    """Take every record off the topic, as a broker that lost its disk."""
    admin = AIOKafkaAdminClient(bootstrap_servers=system.kafka_bootstrap)
    await admin.start()
    try:
        partitions = (await admin.describe_topics([TOPIC]))[0]["partitions"]
        everything = RecordsToDelete(before_offset=-1)
        places = [TopicPartition(TOPIC, each["partition"]) for each in partitions]
        await admin.delete_records(dict.fromkeys(places, everything))
    finally:
        await admin.close()


async def begin_epoch(system: System) -> None:
    """Begin a new epoch of certification's log, as an operator after a restore."""
    settings = system.places.service("certification", database_of(system, "certification"))
    command = ("log", "begin-epoch", "--reason", "a restore that lost nothing", "--by", "operator")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "certification", *command),
        env=inherited_environment() | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


async def test_every_event_arrives_once_though_kafka_and_the_consumer_are_killed(
    launch: Launch, partner: Partner
) -> None:
    partner.start()
    await apply(launch.system, 5)
    await partner.until_it_holds_the_log()

    ended = launch.supervisor.process_id("kafka")
    os.kill(ended, signal.SIGKILL)
    await apply(launch.system, 10)
    partner.kill()
    await apply(launch.system, 5)
    partner.start()
    await launch.supervisor.wait_restarted("kafka", ended, RESTART_SECONDS)
    await apply(launch.system, 5)

    await partner.until_it_holds_the_log()


async def test_every_event_arrives_once_though_kafka_stands_still_meanwhile(
    launch: Launch, partner: Partner
) -> None:
    partner.start()
    await apply(launch.system, 3)
    await partner.until_it_holds(3)

    kafka = launch.supervisor.process_id("kafka")
    os.kill(kafka, signal.SIGSTOP)
    try:
        await apply(launch.system, 20)
        partner.kill()
        partner.start()
    finally:
        os.kill(kafka, signal.SIGCONT)
    await apply(launch.system, 3)

    await partner.until_it_holds_the_log()


async def test_what_the_topic_lost_is_read_from_the_feed(launch: Launch, partner: Partner) -> None:
    partner.start()
    await apply(launch.system, 3)
    await partner.until_it_holds_the_log()
    partner.kill()
    await apply(launch.system, 12)
    await partner.log()

    await lose_all_records(launch.system)
    await apply(launch.system, 12)
    partner.start()

    await partner.until_it_holds_the_log()
    assert "asks the feed" in partner.said()


async def test_a_newcomer_to_a_topic_that_lost_its_beginning_has_the_whole_log(
    launch: Launch, partner: Partner
) -> None:
    await apply(launch.system, 6)
    await partner.log()
    await lose_all_records(launch.system)

    partner.start()

    await partner.until_it_holds_the_log()


async def test_a_new_epoch_is_adopted_and_nothing_is_applied_twice(
    launch: Launch, partner: Partner
) -> None:
    partner.start()
    await apply(launch.system, 3)
    await partner.until_it_holds_the_log()
    before = max(partner.epochs().values())

    await begin_epoch(launch.system)
    await apply(launch.system, 6)

    await partner.until_it_holds_the_log()
    assert max(partner.epochs().values()) > before
