"""The rounds of a run: each measures everything once, so that what disturbs one disturbs all."""

import asyncio
from dataclasses import asdict

from benchmarks.events import consuming, old_log, processes
from benchmarks.events.drain import drain, is_empty, is_published
from benchmarks.events.figures import Figures
from benchmarks.events.options import Options
from benchmarks.events.place import PARTITIONS, Place, forget, new_place
from benchmarks.events.servers import Servers, say
from benchmarks.events.steady import steady
from shared.messaging.kafka import topics

RATES = (200, 1_000)
CARRIERS = {"bare": None, "publisher": "publisher", "poller": "poller"}


async def play(servers: Servers, options: Options) -> Figures:
    """Measure what the options ask for."""
    figures = Figures()
    for number in range(1, options.rounds + 1):
        say(f"round {number} of {options.rounds}")
        await _drains(servers, options, figures)
        await _steady(servers, options, figures)
    await _idle(servers, options, figures)
    if options.backlog:
        say(f"a backlog of {options.backlog:,}")
        place = await new_place(servers)
        drained = await drain("publisher", place, options.backlog, is_published)
        figures.note("long backlog", asdict(drained))
        await forget(servers, place)
    if options.log:
        await old_log.measure(servers, options, figures)
    return figures


async def _drains(servers: Servers, options: Options, figures: Figures) -> None:
    place = await new_place(servers)
    drained = await drain("publisher", place, options.events, is_published)
    figures.note("publisher drain", asdict(drained))
    figures.note("copy", await _alone("copy", place))
    figures.note("bare consumer", await _alone("bare_consumer", place))
    for how in ("by record", "tuned", "by batch"):
        topic = f"{place.topic}.{how.replace(' ', '-')}"
        await topics.prepare_topic(place.kafka_settings, topic, PARTITIONS)
        figures.note(f"producer {how}", await _alone("producer", place, topic=topic, how=how))
    figures.note("projection", asdict(await consuming.consume(place)))
    await forget(servers, place)

    place = await new_place(servers)
    figures.note("poller drain", asdict(await drain("poller", place, options.events, is_empty)))
    faults = (await _alone("bare_consumer", place))["faults"]
    figures.note("poller drain", {"faults": faults})
    await forget(servers, place)


async def _alone(role: str, place: Place, **options: object) -> dict[str, float]:
    child = await processes.start(role, place, **options)
    return await child.result()


async def _steady(servers: Servers, options: Options, figures: Figures) -> None:
    for rate in RATES:
        for name, carrier in CARRIERS.items():
            place = await new_place(servers)
            delays = await steady(carrier, place, rate, options.steady_seconds)
            figures.note(f"{name} {rate}/s", asdict(delays))
            await forget(servers, place)


async def _idle(servers: Servers, options: Options, figures: Figures) -> None:
    """What one service's log costs while nothing happens."""
    place = await new_place(servers)
    async with processes.running("publisher", place) as child:
        await asyncio.sleep(options.idle_seconds / 4)
        meter = child.meter()
        await asyncio.sleep(options.idle_seconds)
        cost = meter.read()
    figures.note("idle", {"percent_of_a_core": cost.cpu_seconds / cost.seconds * 100})
    await forget(servers, place)
