"""Every event that concerns a case has words, made of fields that the event has."""

import string

import pytest

from shared.events.catalog import catalog
from shared.events.event import Event
from shared.events.supervision import (
    CaseOpened,
    ContactAttested,
    MonthMet,
    ScoreReceiptRecorded,
    TeamChanged,
)
from supervision.consumed import (
    DUTY_CHANGES,
    DUTY_NOTICES,
    GATEWAY_EVENTS,
    WORK_ITEM_EVENTS,
    handlers,
)
from supervision.domain.owed_duties import Ledger
from supervision.domain.timeline import WORDS, summarize

OWN_EVENTS: tuple[type[Event], ...] = (
    CaseOpened,
    TeamChanged,
    ScoreReceiptRecorded,
    ContactAttested,
    MonthMet,
)
DUTY_EVENTS: tuple[type[Event], ...] = (*DUTY_CHANGES, *DUTY_NOTICES)
OF_EVERY_SERVICE = (*DUTY_EVENTS, *WORK_ITEM_EVENTS)
DUTIES_AND_WORK_ITEMS = [
    (event.type_for(service), event) for service in Ledger for event in OF_EVERY_SERVICE
]
EVENTS = [(event.type_for(), event) for event in (*OWN_EVENTS, *GATEWAY_EVENTS)]


@pytest.mark.parametrize(("kind", "event"), [*EVENTS, *DUTIES_AND_WORK_ITEMS])
def test_the_words_of_an_event_name_its_own_fields(kind: str, event: type[Event]) -> None:
    named = {field for _, field, _, _ in string.Formatter().parse(WORDS[kind]) if field}

    assert named <= set(event.model_fields)


def test_a_month_is_told_without_its_day() -> None:
    words = summarize("supervision.month.met", {"month": "2026-11-01"})

    assert words == "monthly contact of 2026-11 met"


def test_a_moved_duty_is_told_with_both_dates() -> None:
    words = summarize(
        "scoring.duty.moved",
        {
            "rule": "share-score",
            "because": "rulebook-change",
            "due_on": "2026-12-04",
            "from_due_on": "2026-12-01",
        },
    )

    assert words == "duty share-score moved by rulebook-change: due 2026-12-04, before 2026-12-01"


@pytest.mark.parametrize("ledger", Ledger)
def test_every_event_of_a_duty_is_heard_from_every_ledger(ledger: Ledger) -> None:
    events = [entry.event for entry in catalog() if entry.event.subject_kind == "duty"]

    heard = [event for event in events if handlers().for_type(event.type_for(ledger))]

    assert heard == events


def test_the_service_listens_to_the_three_others_and_to_its_own_ledger() -> None:
    assert handlers().topics == {
        "certification.events",
        "supervision.events",
        "scoring.events",
        "doj-gateway.events",
    }
