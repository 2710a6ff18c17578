"""The law's days are Californian wherever the machine stands: no zone of a machine moves a date."""

import json
import os
import subprocess
import sys

import pytest

PRINTED = """
import json
from datetime import UTC, datetime, timedelta

from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact
from shared.law.in_force import load_law
from shared.law.counting.notices import Notice, NoticeKind

law = load_law("standards-2012")
rules = [("dynamic-score-to-doj", "receipt"), ("decide-application", "complete"),
         ("maintenance-polygraph", "examination"), ("monthly-contact", "month")]
found = []
for hours in range(0, 400 * 24, 7):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    for rule, fact in rules:
        counted = deadline(law.edition, rule, [Fact(fact, at)], law.calendars)
        found.append([counted.due_at.isoformat(), counted.explanation.text])
        found.append(Notice(NoticeKind.DUE_SOON, "owner", 3).at(counted.due_on).isoformat())
print(json.dumps(found))
"""


def printed_in(zone: str) -> list[object]:
    ended = subprocess.run(
        [sys.executable, "-c", PRINTED],
        env={"PATH": os.environ["PATH"], "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[object] = json.loads(ended.stdout)
    return found


@pytest.fixture(scope="module")
def in_utc() -> list[object]:
    return printed_in("UTC")


@pytest.mark.parametrize(
    "zone", ["America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Niue"]
)
def test_every_date_and_word_is_the_same_in_another_zone(zone: str, in_utc: list[object]) -> None:
    assert printed_in(zone) == in_utc
