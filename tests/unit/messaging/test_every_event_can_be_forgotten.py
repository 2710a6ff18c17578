"""Whatever a service makes of the others' events it can undo, or say what it cannot."""

import pytest

from certification import consumed as certification
from doj_gateway import consumed as doj_gateway
from doj_gateway.domain.owed_scores import Forwarding
from scoring import consumed as scoring
from shared.law.in_force import load_law
from shared.messaging.consuming.handlers import EventHandlers
from supervision import consumed as supervision


def _of_gateway() -> EventHandlers:
    return doj_gateway.handlers(load_law("standards-2012"), Forwarding.AT_ONCE)


HANDLERS = {
    "certification": certification.handlers,
    "supervision": supervision.handlers,
    "scoring": scoring.handlers,
    "doj-gateway": _of_gateway,
}
SERVICES = tuple(HANDLERS)
DUTY_CHANGES = [
    "opened",
    "paused",
    "resumed",
    "met",
    "reopened",
    "canceled",
    "handed-over",
    "moved",
]
LINKS = {"certification.program-provider.linked", "certification.program-provider.ended"}
TOLD_AGAIN: dict[str, set[str]] = {
    "certification": set(),
    "supervision": LINKS | {f"{each}.duty.{verb}" for each in SERVICES for verb in DUTY_CHANGES},
    "scoring": LINKS,
    "doj-gateway": {
        "supervision.case.opened",
        "supervision.team.changed",
        "scoring.assessment.finalized",
    },
}
"""What is stored by its latest event alone, so that a rebuild applies the earlier ones again."""


@pytest.mark.parametrize("service", HANDLERS)
def test_every_handler_says_how_its_event_is_forgotten(service: str) -> None:
    registered = HANDLERS[service]().registered.items()

    assert [kind for kind, registration in registered if registration.forget is None] == []


@pytest.mark.parametrize("service", HANDLERS)
def test_what_is_stored_by_its_latest_event_alone_is_told_again(service: str) -> None:
    registered = HANDLERS[service]().registered.items()

    told = {kind for kind, registration in registered if registration.is_told_again}
    assert told == TOLD_AGAIN[service]


def test_the_timeline_follows_the_duties_and_work_items_of_every_service() -> None:
    verbs = [f"duty.{verb}" for verb in (*DUTY_CHANGES, "due-soon", "overdue")]
    followed = {
        f"{service}.{told}"
        for service in SERVICES
        for told in (*verbs, "work-item.opened", "work-item.resolved")
    }

    assert followed - set(supervision.handlers().registered) == set()
