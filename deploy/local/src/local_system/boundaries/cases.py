"""The cases to seed, with their expected results; the dates were counted by hand.

All times are California's. `state` is None if it depends on when the system processes it.
"""

from dataclasses import dataclass
from datetime import date

DECIDE, CONTACT = "decide-application", "monthly-contact"
SHARE, SEND = "share-score", "dynamic-score-to-doj"


@dataclass(frozen=True)
class BoundaryCase:
    """One side of a deadline: what happens when, and the expected duty."""

    boundary: str
    story: str
    service: str
    rule: str
    due_on: date
    state: str | None = None


def _decide(boundary: str, story: str, due_on: date, state: str = "open") -> BoundaryCase:
    return BoundaryCase(boundary, story, "certification", DECIDE, due_on, state)


CASES = {
    # October 1 + 45: October 31 is the 30th day, November 15 the 45th.
    "decided in time": _decide(
        "45th day",
        "complete 1 Oct 2026 23:59, decided 15 Nov 23:59",
        date(2026, 11, 15),
        "met",
    ),
    "decided late": _decide(
        "45th day",
        "complete 1 Oct 2026 23:59, decided 16 Nov 00:01",
        date(2026, 11, 15),
        "met-late",
    ),
    "completed after midnight": _decide(
        "45th day", "complete 2 Oct 2026 00:01", date(2026, 11, 16)
    ),
    # Counted: November 20, 23, 24, 25, 30; Thanksgiving is the 26th, the day after it closed too.
    "received on Thursday": BoundaryCase(
        "5th working day",
        "received Thu 19 Nov 2026 23:59",
        "doj-gateway",
        SEND,
        date(2026, 11, 30),
    ),
    # Counted: November 23, 24, 25, 30, December 1.
    "received after midnight": BoundaryCase(
        "5th working day",
        "received Fri 20 Nov 2026 00:01",
        "doj-gateway",
        SEND,
        date(2026, 12, 1),
    ),
    # The same five days, from the last minute of that Friday.
    "received on Friday": BoundaryCase(
        "5th working day",
        "received Fri 20 Nov 2026 23:59",
        "doj-gateway",
        SEND,
        date(2026, 12, 1),
    ),
    # The same five days: a Saturday starts no earlier than the Friday before it.
    "received on Saturday": BoundaryCase(
        "5th working day",
        "received Sat 21 Nov 2026 00:01",
        "doj-gateway",
        SEND,
        date(2026, 12, 1),
    ),
    # Counted: March 2, 3, 4, 5, 8, 2027.
    "scored ahead of DOJ": BoundaryCase(
        "5th working day",
        "scored and received 1 Mar 2027, a day DOJ refuses until it comes",
        "doj-gateway",
        SEND,
        date(2027, 3, 8),
    ),
    "spoken in November": BoundaryCase(
        "month end",
        "spoke, and both recorded it, 30 Nov 2026 23:59",
        "supervision",
        CONTACT,
        date(2026, 11, 30),
        "met",
    ),
    "spoken in December": BoundaryCase(
        "month end",
        "spoke, and both recorded it, 1 Dec 2026 00:01: November stays open",
        "supervision",
        CONTACT,
        date(2026, 11, 30),
        "open",
    ),
    # March 7 + 45: March 31 is the 24th day, April 21 the 45th.
    "before summer time": _decide(
        "daylight saving", "complete 7 Mar 2026 23:59 PST", date(2026, 4, 21)
    ),
    "into summer time": _decide(
        "daylight saving", "complete 8 Mar 2026 00:01 PST", date(2026, 4, 22)
    ),
    # October 31 + 45: November 30 is the 30th day, December 15 the 45th.
    "before winter time": _decide(
        "daylight saving", "complete 31 Oct 2026 23:59 PDT", date(2026, 12, 15)
    ),
    "into winter time": _decide(
        "daylight saving", "complete 1 Nov 2026 00:01 PDT", date(2026, 12, 16)
    ),
    "scored in 2024": BoundaryCase(
        "regime change",
        "scored and finalized 31 Dec 2024 23:59",
        "scoring",
        SHARE,
        date(2025, 1, 30),
        "open",
    ),
    "scored in 2025": BoundaryCase(
        "regime change",
        "scored and finalized 1 Jan 2025 00:01",
        "scoring",
        SHARE,
        date(2025, 1, 31),
        "open",
    ),
}
"""By name, in the order of seeding, whatever the order of their instants."""


@dataclass(frozen=True)
class Previewed:
    """The due date under edition sb-1473 for a score before or after January 1, 2025."""

    story: str
    facts: dict[str, str]
    owner: str
    due_on: date


PREVIEWS = (
    # Counted: January 2, 3, 6, 7, 8; January 1 is New Year's Day.
    Previewed(
        "assessed and received 31 Dec 2024",
        {"assessment": "2024-12-31", "receipt": "2024-12-31"},
        "officer",
        date(2025, 1, 8),
    ),
    Previewed("assessed 1 Jan 2025", {"assessment": "2025-01-01"}, "provider", date(2025, 1, 31)),
)
