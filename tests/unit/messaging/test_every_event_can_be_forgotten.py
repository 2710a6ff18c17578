"""Whatever a service makes of the others' events it can undo, or say what it cannot."""

import pytest

from certification import consumed as certification
from doj_gateway import consumed as doj_gateway
from doj_gateway.domain.owed_scores import Forwarding
from scoring import consumed as scoring
from shared.law.in_force import load_law
from shared.messaging.consuming.handlers import EventHandlers
from supervision import consumed as supervision


@pytest.mark.parametrize(
    "handlers",
    [
        certification.handlers(),
        supervision.handlers(),
        scoring.handlers(),
        doj_gateway.handlers(load_law("standards-2012"), Forwarding.AT_ONCE),
    ],
    ids=["certification", "supervision", "scoring", "doj-gateway"],
)
def test_every_handler_says_how_its_event_is_forgotten(handlers: EventHandlers) -> None:
    registered = handlers.registered.items()

    assert [kind for kind, registration in registered if registration.forget is None] == []
