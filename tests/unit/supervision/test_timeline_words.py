"""Every event that concerns a case has words, made of fields that the event has."""

import string

import pytest

from shared.events.event import Event
from shared.events.supervision import (
    CaseOpened,
    ContactAttested,
    MonthMet,
    ScoreReceiptRecorded,
    TeamChanged,
)
from supervision.consumed import DUTY_EVENTS, GATEWAY_EVENTS, handlers
from supervision.domain.timeline import LEDGERS, WORDS, summarize

OWN_EVENTS: tuple[type[Event], ...] = (
    CaseOpened,
    TeamChanged,
    ScoreReceiptRecorded,
    ContactAttested,
    MonthMet,
)
DUTIES = [(event.type_for(ledger), event) for ledger in LEDGERS for event in DUTY_EVENTS]
EVENTS = [(event.type_for(), event) for event in (*OWN_EVENTS, *GATEWAY_EVENTS)]


@pytest.mark.parametrize(("kind", "event"), [*EVENTS, *DUTIES])
def test_the_words_of_an_event_name_its_own_fields(kind: str, event: type[Event]) -> None:
    named = {field for _, field, _, _ in string.Formatter().parse(WORDS[kind]) if field}

    assert named <= set(event.model_fields)


def test_a_month_is_told_without_its_day() -> None:
    words = summarize("supervision.month.met", {"month": "2026-11-01"})

    assert words == "monthly contact of 2026-11 met"


def test_the_service_listens_to_the_three_others_and_to_its_own_ledger() -> None:
    assert handlers().topics == {
        "certification.events",
        "supervision.events",
        "scoring.events",
        "doj-gateway.events",
    }
