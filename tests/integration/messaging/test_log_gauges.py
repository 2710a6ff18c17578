"""What the loops say of whatever waits longest, so that an alarm can be raised on it."""

import pytest
from prometheus_client import REGISTRY

from shared.database.transaction import Transaction
from shared.errors import NotYetKnownError, RuleBrokenError
from shared.identifiers import new_id
from shared.messaging.consuming.handlers import Received
from shared.messaging.publishing import leadership
from shared.testing.messaging import running, until
from shared.testing.two_services import ThingCounted, TwoServices

NOWHERE = "127.0.0.1:9"


def gauge(name: str, **labels: str) -> float:
    """The gauge's value now; 0 where nothing was told yet."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def refuse(_: Transaction, event: Received[ThingCounted]) -> None:
    """Wait for what never comes, or break a rule."""
    if event.data.number == 1:
        raise NotYetKnownError("not here yet", code="not-here")
    raise RuleBrokenError("not so", code="not-so")


@pytest.mark.parametrize(("number", "state"), [(1, "waiting"), (2, "dead")])
async def test_the_age_of_what_was_parked_longest_grows_by_state(
    services: TwoServices, number: int, state: str
) -> None:
    labels = {"service": f"{services.service}-reader", "state": state}

    async def is_told() -> bool:
        return gauge("casomb_parked_oldest_seconds", **labels) > 1

    async with running(services.publisher()), running(services.consumer(services.handlers(refuse))):
        await services.announce(new_id(), number)
        await until(is_told)

    assert gauge("casomb_parked_messages", **labels) == 1


async def test_the_age_of_the_oldest_unpublished_event_grows_while_kafka_is_away(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "_GAUGE_SECONDS", 0.05)
    here = services.kafka_settings
    away = here.model_copy(update={"kafka_bootstrap_servers": NOWHERE})
    name, labels = "casomb_log_oldest_unpublished_seconds", {"service": services.service}

    async def is_told() -> bool:
        return gauge(name, **labels) > 0

    async def is_over() -> bool:
        return gauge(name, **labels) == 0

    services.kafka_settings = away
    async with running(services.publisher()):
        await services.announce(new_id(), 1)
        await until(is_told)
    services.kafka_settings = here
    async with running(services.publisher()):
        await until(is_over)


async def test_the_age_of_the_oldest_transaction_is_told(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "_GAUGE_SECONDS", 0.05)
    name, labels = "casomb_database_oldest_transaction_seconds", {"service": services.service}

    async def is_told() -> bool:
        return gauge(name, **labels) > 0.5

    async with services.connection.transaction(), running(services.publisher()):
        await services.connection.execute("SELECT 1")
        await until(is_told)
