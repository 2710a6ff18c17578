"""How an edition and a calendar are shown in plain lines, beyond what the packaged ones need."""

import re

from shared.law.reading.calendar_files import parse_calendar
from shared.law.reading.law_report import calendar_lines, edition_lines
from unit.law.trial_edition import trial_edition

OVERLAY = """
name: invented-county
title: Invented County
extends: state-offices
agencies: [invented-probation, invented-courts]
"""


def test_an_overlay_is_shown_with_whom_it_is_for() -> None:
    first, second = calendar_lines(parse_calendar("invented-county", OVERLAY))

    assert re.match(r"calendar invented-county: Invented County \([0-9a-f]{12}\)", first)
    assert first.endswith("2012-01-01 to 2040-12-31, 302 closed days")
    assert second == "  extends state-offices for invented-probation, invented-courts"


def test_a_regime_says_how_it_counts() -> None:
    lines = [line.strip() for line in edition_lines(trial_edition(), is_in_force=False)]

    counted = "receipt from 2000-01-01 on: officer, "
    assert (
        f"{counted}3 calendar days from receipt by state-offices rolled forward pausable" in lines
    )
    assert f"{counted}1 working days from receipt by state-offices" in lines
    assert f"{counted}end of month from receipt" in lines
    assert "notices: owner 0 days after it" in lines
