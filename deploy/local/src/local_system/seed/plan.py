"""The plan of the sample data: on which days what happens to each application; never random.

The dates count back from the day of seeding, so that there are always open applications.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from local_system.seed.names import person_name, program_name
from shared.counties import all_counties

SEED = 58
PROGRAMS = 260
PROVIDERS = 340
OPEN_FILES = 130
POPULOUS = {
    "Los Angeles": 30, "San Diego": 14, "Orange": 12, "Riverside": 11, "San Bernardino": 11,
    "Santa Clara": 8, "Alameda": 8, "Sacramento": 9, "Contra Costa": 6, "Fresno": 6, "Kern": 6,
    "San Francisco": 6, "Ventura": 4, "San Mateo": 4, "San Joaquin": 5, "Stanislaus": 4,
    "Sonoma": 3, "Tulare": 3, "Solano": 3, "Monterey": 3, "Placer": 3, "Santa Barbara": 3,
}  # fmt: skip
"""The weight of each county in the sample; a county that is not listed has weight 1."""
LEVELS = ("independent", "independent", "independent", "associate", "associate", "student")
BANDS = ("1-10", "11-40", "11-40", "41+")


class PlannedEnding(StrEnum):
    """The state of an application on the day of seeding."""

    GRANTED = "granted"
    DENIED = "denied"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WAITING = "waiting"
    IN_LINE = "in-line"
    IN_REVIEW = "in-review"


@dataclass(frozen=True)
class File:
    """One application, with its days; `noticed_on` is when an item was found missing."""

    kind: str
    name: str
    level: str | None
    band: str | None
    county: str | None
    served: tuple[str, ...]
    ending: PlannedEnding
    received_on: date
    noticed_on: date | None
    completed_on: date | None
    ended_on: date | None
    reviewer: int


def planned(today: date) -> list[File]:
    """Every application, in the order in which they were received."""
    random = Random(SEED)  # noqa: S311 - nothing secret is drawn
    files = [*_certified_long_ago(random, today), *_decided_lately(random, today)]
    files += _open(random, today)
    return sorted(files, key=lambda file: file.received_on)


def _certified_long_ago(random: Random, today: date) -> Iterator[File]:
    for number in range(PROGRAMS + PROVIDERS):
        kind = "program" if number < PROGRAMS else "provider"
        ended_on = today - timedelta(days=random.randrange(95, 760))
        yield _file(random, kind, PlannedEnding.GRANTED, ended_on)


def _decided_lately(random: Random, today: date) -> Iterator[File]:
    """About three decisions on each working day of the last quarter, as data for a forecast."""
    for back in range(1, 92):
        day = today - timedelta(days=back)
        if day.isoweekday() > 5:  # noqa: PLR2004 - Saturday and Sunday
            continue
        for _ in range(random.choice((1, 2, 2, 3, 3, 4, 5))):
            kind = random.choice(("program", "provider", "provider"))
            ending = PlannedEnding.DENIED if random.random() < 0.06 else PlannedEnding.GRANTED  # noqa: PLR2004 - a few in a hundred
            yield _file(random, kind, ending, day)


def _open(random: Random, today: date) -> Iterator[File]:
    endings = (
        *(
            PlannedEnding.IN_LINE,
            PlannedEnding.IN_LINE,
            PlannedEnding.IN_LINE,
            PlannedEnding.IN_REVIEW,
        ),
        *(PlannedEnding.SUBMITTED, PlannedEnding.WAITING, PlannedEnding.DRAFT),
    )
    for _ in range(OPEN_FILES):
        kind = random.choice(("program", "provider", "provider"))
        ending = random.choice(endings)
        back = (
            random.randrange(1, 52)
            if ending in {PlannedEnding.IN_LINE, PlannedEnding.IN_REVIEW}
            else 0
        )
        yield _file(random, kind, ending, today - timedelta(days=back))


def _file(random: Random, kind: str, ending: PlannedEnding, ended_on: date) -> File:
    is_program = kind == "program"
    took = random.randrange(8, 44) if ending in {PlannedEnding.GRANTED, PlannedEnding.DENIED} else 0
    completed_on = ended_on - timedelta(days=took)
    noticed_on = None
    received_on = completed_on - timedelta(days=random.randrange(1, 15))
    is_complete = ending in {
        PlannedEnding.GRANTED,
        PlannedEnding.DENIED,
        PlannedEnding.IN_LINE,
        PlannedEnding.IN_REVIEW,
    }
    if ending is PlannedEnding.WAITING or random.random() < 0.3:  # noqa: PLR2004 - three in ten
        latest = completed_on if is_complete else ended_on - timedelta(days=1)
        noticed_on = min(received_on + timedelta(days=random.randrange(0, 2)), latest)
    county, served = _place(random) if is_program else (None, ())
    return File(
        kind=kind,
        name=program_name(random) if is_program else person_name(random),
        level=None if is_program else random.choice(LEVELS),
        band=random.choice(BANDS) if is_program else None,
        county=county,
        served=served,
        ending=ending,
        received_on=received_on,
        noticed_on=noticed_on,
        completed_on=completed_on if is_complete else None,
        ended_on=ended_on if took else None,
        reviewer=random.randrange(4),
    )


def _place(random: Random) -> tuple[str, tuple[str, ...]]:
    names = [county.name for county in all_counties()]
    weights = [POPULOUS.get(name, 1) for name in names]
    headquarters = random.choices(names, weights)[0]
    others = random.sample(names, random.choice((0, 0, 1, 2, 3, 4)))
    return headquarters, tuple(sorted(set(others) - {headquarters}))
