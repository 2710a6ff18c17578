"""`rules diff` and `calendar diff` over every open duty with the file of all, and `apply`."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from benchmarks.duties.place import CAUSE, Place
from benchmarks.duties.timing import resident_megabytes
from shared.database.transaction import Transaction
from shared.law.counting.calendars import Closure
from shared.law.duty.duties import Duty, Owner
from shared.law.reading.rulebook import load_edition
from shared.law.rehearsal import report
from shared.law.rehearsal.applying import apply
from shared.law.rehearsal.proposals import NewCalendar, NewEdition, Proposal
from shared.law.rehearsal.rehearsing import rehearse

CALENDAR = "state-offices"
APPOINTED = Closure(date(2026, 12, 24), "appointed day", "invented for this measurement")
REASON = "measured"


async def measure(place: Place) -> dict[str, Any]:
    """Rehearse both kinds of change; apply the calendar's."""
    edition = NewEdition(load_edition("sb-1473"), place.law.calendars)
    calendar = _with_a_closure(place)
    return {
        "rules diff sb-1473": await _rehearsed(place, edition),
        "calendar diff": await _rehearsed(place, calendar),
        "calendar apply": await _applied(place, calendar),
    }


def _with_a_closure(place: Place) -> NewCalendar:
    before = place.law.calendars[CALENDAR]
    after = replace(before, closures={**before.closures, APPOINTED.on: APPOINTED})
    calendars = MappingProxyType({**place.law.calendars, CALENDAR: after})
    return NewCalendar(CALENDAR, calendars, {place.law.edition.hash: place.law.edition})


async def _rehearsed(place: Place, proposal: Proposal) -> dict[str, Any]:
    before, began = resident_megabytes(), time.perf_counter()
    with TemporaryDirectory() as folder:
        with report.ListOfAll(str(Path(folder) / "all.csv")) as all_of_them:
            findings = await rehearse(place.database, CAUSE, proposal, all_of_them.note)
        listed = all_of_them.written
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "looked_at": findings.looked_at,
        "would_change": listed,
        "memory_grown_mb": round(resident_megabytes() - before, 1),
    }


async def _applied(place: Place, proposal: Proposal) -> dict[str, Any]:
    before, began = resident_megabytes(), time.perf_counter()
    applied = await apply(place.database, CAUSE, proposal, REASON, _the_same)
    seconds = time.perf_counter() - began
    return {
        "seconds": round(seconds, 1),
        "moved": applied.moved,
        "moved_per_second": round(applied.moved / seconds),
        "memory_grown_mb": round(resident_megabytes() - before, 1),
    }


async def _the_same(tx: Transaction, duty: Duty, role: str) -> Owner | None:
    return duty.owner
