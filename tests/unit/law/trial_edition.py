"""An edition of rules that no packaged one has: months, roll-forward, working days with a pause."""

from shared.law.counting.rules import Edition
from shared.law.reading.calendar_files import load_calendars
from shared.law.reading.rulebook import parse_edition

REGIME = """
  {name}:
    title: {name}
    regimes:
      - name: only
        chosen_by: receipt
        effective_from: 2000-01-01
        owner: officer
        start: receipt
        {counting}
        text: as tried
        citation: a test
"""
COUNTING = {
    "one-working-day": "length: 1\n        unit: working-days\n        calendar: state-offices",
    "working-days": "length: 5\n        unit: working-days\n        calendar: state-offices\n"
    "        pause: pause",
    "rolling-days": "length: 3\n        unit: calendar-days\n        calendar: state-offices\n"
    "        rolls_forward: true\n        pause: pause",
    "rolling-month": "length: 1\n        unit: months\n        calendar: state-offices\n"
    "        rolls_forward: true",
    "rolling-end": "unit: end-of-month\n        calendar: state-offices\n"
    "        rolls_forward: true",
    "one-month": "length: 1\n        unit: months",
    "six-months": "length: 6\n        unit: months",
    "twelve-months": "length: 12\n        unit: months",
    "thirteen-months": "length: 13\n        unit: months",
    "end-of-month": "unit: end-of-month",
    "same-day": "unit: same-day",
    "pausable-days": "length: 10\n        unit: calendar-days\n        pause: pause",
    "restarting-days": "length: 10\n        unit: calendar-days\n        pause: restart",
}


def trial_edition() -> Edition:
    """Build it."""
    rules = "".join(
        REGIME.format(name=name, counting=counting) for name, counting in COUNTING.items()
    )
    text = f"name: trial\ntitle: An edition for tests\nfacts: {{receipt: Received}}\nrules:{rules}"
    return parse_edition("trial", text, load_calendars())
