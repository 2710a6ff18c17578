"""A few programs of an invented California, for the pages' tests and pictures."""

from datetime import date, datetime
from itertools import cycle, islice

from pages.seeding import SeededProgram, SeededSite
from pages.seeding_providers import SeededProvider
from shared.clock import CALIFORNIA
from shared.counties import all_counties

NOW = datetime(2026, 11, 20, 10, tzinfo=CALIFORNIA)
SITES = (
    SeededSite("Main office", "1820 Tulare Street, Suite 300", "Fresno", "Fresno", "93721"),
    SeededSite("Clovis evening groups", "455 Pollasky Avenue", "Clovis", "Fresno", "93612"),
    SeededSite("Madera office", "118 North D Street", "Madera", "Madera", "93638"),
)
PROVIDERS = (
    SeededProvider("Rosa Lindqvist", "PRV-000412", "independent"),
    SeededProvider("Samir Okafor", "PRV-000733", "associate"),
    SeededProvider("Wen Zamora", "PRV-001105", "student"),
)
VALLEY = SeededProgram(
    name="Valley Oak Treatment Associates",
    headquarters="Fresno",
    serves=("Kings", "Madera", "Merced", "Tulare"),
    since=date(2025, 3, 3),
    languages=("en", "es", "hmn"),
    accepting_clients=True,
    phone="+1 559 555 0142",
    website="https://valley-oak.example/",
    sites=SITES,
    providers=PROVIDERS,
)
NAMED = (
    VALLEY,
    SeededProgram(
        "San Joaquín Counseling Group",
        "Fresno",
        ("Madera",),
        date(2026, 1, 12),
        languages=("en", "es"),
        accepting_clients=False,
    ),
    SeededProgram(
        "Kings River Relapse Prevention",
        "Fresno",
        ("Kings", "Tulare"),
        date(2025, 9, 22),
        languages=("en", "es", "pa"),
        accepting_clients=True,
    ),
    SeededProgram("Blackstone Behavioral Health", "Fresno", (), date(2026, 6, 1)),
    SeededProgram(
        "Sierra Foothills Program",
        "Madera",
        ("Fresno", "Mariposa", "Merced", "Stanislaus", "Tuolumne", "Calaveras", "Amador", "Alpine"),
        date(2025, 5, 19),
        languages=("en",),
        accepting_clients=True,
    ),
    SeededProgram(
        "Tule River Outpatient Center",
        "Tulare",
        ("Fresno", "Kings", "Kern"),
        date(2026, 2, 9),
        languages=("en", "es", "mam", "zap"),
        accepting_clients=True,
    ),
    SeededProgram(
        "Mineral King Clinical Services", "Tulare", ("Fresno",), date(2026, 8, 3), languages=("en",)
    ),
    SeededProgram("River City Program", "Sacramento", ("Yolo", "Placer"), accepting_clients=True),
    SeededProgram("Lapsed & Gone", "Fresno", (), date(2023, 3, 1), date(2025, 3, 1)),
    SeededProgram('=HYPERLINK("x")', "Alpine", (), phone="-1", languages=()),
)
LAPSED = "PRG-000009"
FULL_COUNTY = "Los Angeles"
WORDS = ("Harbor", "Mesa", "Crestline", "Arroyo", "Canyon", "Pacific", "Sunset", "Mission")


def crowd(size: int) -> list[SeededProgram]:
    """Programs in Los Angeles that serve their neighbors, more than a page holds."""
    every = tuple(each.name for each in all_counties())
    return [
        SeededProgram(
            f"{word} Treatment Center {number}",
            FULL_COUNTY,
            every if number == 1 else ("Orange", "Ventura"),
            languages=("en", "es", "ko"),
            accepting_clients=(True, False, None)[number % 3],
        )
        for number, word in enumerate(islice(cycle(WORDS), size), 1)
    ]


WIDE = SeededProgram(
    f"Treatment{'without' * 20}end",
    "San Luis Obispo",
    website=f"https://wide.example/{'path' * 30}",
    accepting_clients=True,
)
"""Nothing in it can be broken at a space."""
PROGRAMS = (*NAMED, *crowd(60), WIDE)
