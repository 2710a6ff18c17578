"""The policy gives each service the topics that its handlers consume, in whole, and no others."""

from pathlib import Path

import pytest

import certification.consumed
import doj_gateway.consumed
import local_system
import scoring.consumed
import supervision.consumed
from doj_gateway.domain.owed_scores import Forwarding
from shared.events.catalog import SERVICES
from shared.law.in_force import load_law
from shared.messaging.api.readable_events import has_whole_topic
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.wire.envelope import service_of
from shared.security.entitlements import load_policy
from shared.security.principals import Actor, Role

LOCAL = str(Path(local_system.__file__).with_name("policy.yaml"))
CONSUMED = {
    "certification": certification.consumed.handlers(),
    "supervision": supervision.consumed.handlers(),
    "scoring": scoring.consumed.handlers(),
    "doj-gateway": doj_gateway.consumed.handlers(
        load_law("standards-2012", ""), Forwarding.AT_ONCE
    ),
}


@pytest.mark.parametrize("file", ["", LOCAL], ids=["packaged", "local"])
@pytest.mark.parametrize(("service", "handlers"), CONSUMED.items(), ids=CONSUMED.keys())
def test_a_service_may_read_the_topics_it_consumes_and_no_others(
    file: str, service: str, handlers: EventHandlers
) -> None:
    policy = load_policy(file)
    reader = Actor("client", frozenset({Role.SERVICE}), service=service)

    readable = {each for each in SERVICES if has_whole_topic(policy, reader, each)}

    assert readable == {service_of(topic) for topic in handlers.topics}
