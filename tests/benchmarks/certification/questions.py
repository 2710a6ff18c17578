"""What is asked, how often a second, and how fast it shall be answered."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.certification.asking import Request
from benchmarks.certification.full_desk import reviewer, status_token
from benchmarks.certification.holders import COUNTIES, FIRST, LANGUAGES, WEIGHTS
from benchmarks.certification.scratch import Scratch

CHANCE = random.Random(290)  # noqa: S311 - the same questions each time
NUMBERS = 1_000
PUBLIC, DESK, HEAVY, RARE = 200.0, 20.0, 2.0, 0.25
"""Requests a second: of the public, of twenty reviewers at once, of what reads very much."""

COUNTS = {PUBLIC: 2_000, DESK: 300, HEAVY: 30, RARE: 5}
PAGE_KB = 100


@dataclass(frozen=True)
class Question:
    """One kind of request, alone for a while."""

    name: str
    rate: float
    request: Callable[[int], Request]
    aim_ms: float | None = None
    is_bare: bool = False
    """Whether the bare route is asked."""


def questions(scratch: Scratch, token: str) -> Iterator[Question]:
    """Everything, in the order of the report; each rate begins with the bare route."""
    yield _bare(scratch, PUBLIC)
    yield from _public(scratch)
    yield _bare(scratch, DESK)
    yield from _desk(scratch, {"Authorization": f"Bearer {token}"})
    yield _bare(scratch, HEAVY)
    yield Question("register: check of 1,000 numbers", HEAVY, _check(scratch), 150)
    yield Question("register: a county's signed extract", HEAVY, _extract)
    yield Question(
        "forecast of all open files, made anew",
        RARE,
        _forecast({"Authorization": f"Bearer {token}"}),
        2_000,
    )


def _public(scratch: Scratch) -> Iterator[Question]:
    programs, providers = scratch.sizes.programs, scratch.sizes.providers
    asked: dict[str, Callable[[int], str]] = {
        "directory: start page": lambda _: "/directory",
        "directory: county, as people live": lambda _: f"/directory?county={_where_people_live()}",
        "directory: county, each alike": lambda _: f"/directory?county={CHANCE.choice(COUNTIES)}",
        "directory: language and accepting": _language,
        "directory: part of a name, all counties": _name,
        "directory: an entry": lambda _: f"/directory/programs/{_number('PRG', programs)}",
        "directory: county as JSON": lambda _: f"/v1/directory?county={_where_people_live()}",
        "directory: an entry as JSON": lambda _: f"/v1/directory/{_number('PRG', programs)}",
    }
    for name, path in asked.items():
        yield Question(name, PUBLIC, _get(path), 15)
    entry, status = _register_entry(providers), _status(scratch)
    yield Question("register: an entry", PUBLIC, _get(entry))
    yield Question("status by token, with its forecast", PUBLIC, _get(status))


def _desk(scratch: Scratch, signed: dict[str, str]) -> Iterator[Question]:
    asked: dict[str, Callable[[int], str]] = {
        "queue: first complete first": lambda _: "/v1/queue",
        "queue: the same, a page in the middle": lambda _: (
            f"/v1/queue?after={scratch.by_completed}"
        ),
        "queue: first due first": lambda _: "/v1/queue?sort=due_at",
        "queue: the same, a page in the middle ": lambda _: (
            f"/v1/queue?sort=due_at&after={scratch.by_due}"
        ),
        "queue: one band of age": lambda n: f"/v1/queue?age_band={BANDS[n % len(BANDS)]}",
        "queue: one reviewer's": lambda n: f"/v1/queue?reviewer={reviewer(n)}",
    }
    for name, path in asked.items():
        yield Question(name, DESK, _get(path, signed), 50)
    yield Question("queue: loads of the reviewers", HEAVY, _get(_loads, signed))


BANDS = ("0-15", "16-30", "31-45", "over-45")


def _bare(scratch: Scratch, rate: float) -> Question:
    path = _get(lambda n: f"/rows/{scratch.row_ids[n % len(scratch.row_ids)]}")
    return Question(f"bare FastAPI route, one row by key, {rate:g}/s", rate, path, is_bare=True)


def _get(
    path_of: Callable[[int], str], signed: dict[str, str] | None = None
) -> Callable[[int], Request]:
    return lambda number: Request(path_of(number), headers=signed or {})


def _loads(_: int) -> str:
    return "/v1/queue-loads"


def _where_people_live() -> str:
    return CHANCE.choices(COUNTIES, WEIGHTS)[0]


def _language(_: int) -> str:
    language = CHANCE.choice(LANGUAGES)
    return f"/directory?county={_where_people_live()}&language={language}&accepting_clients=true"


def _name(_: int) -> str:
    return f"/directory?county=&name={CHANCE.choice(FIRST)[1:].lower()}+{CHANCE.randint(10, 99)}"


def _number(letters: str, most: int) -> str:
    return f"{letters}-{CHANCE.randint(1, most):06d}"


def _register_entry(providers: int) -> Callable[[int], str]:
    return lambda _: f"/v1/register/provider/{_number('PRV', providers)}"


def _status(scratch: Scratch) -> Callable[[int], str]:
    most = scratch.sizes.open_files
    return lambda _: f"/v1/application-statuses/{status_token(CHANCE.randint(1, most))}"


def _check(scratch: Scratch) -> Callable[[int], Request]:
    def request(_: int) -> Request:
        numbers = [_number("PRV", scratch.sizes.providers) for _ in range(NUMBERS)]
        body = json.dumps({"numbers": numbers}).encode()
        return Request("/v1/register/checks", "POST", body=body)

    return request


def _extract(number: int) -> Request:
    return Request(f"/v1/register/extracts?county={COUNTIES[number % len(COUNTIES)]}")


def _forecast(signed: dict[str, str]) -> Callable[[int], Request]:
    """Each with draws of its own, so that none was kept."""
    return lambda number: Request(f"/v1/queue-forecasts?seed={1000 + number}", headers=signed)
