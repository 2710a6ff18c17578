"""An old duty is explained by the law it was born under, whatever the files of today say."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from integration.law.ledger_world import CAUSE, DUE_ON, owed
from shared.database.database import Database
from shared.law.counting.calendars import Closure
from shared.law.counting.rules import Edition
from shared.law.duty import kept_laws
from shared.law.duty.duties import Duty
from shared.law.duty.kept_laws import LawNotKeptError
from shared.law.in_force import Keeping, Law, load_law


class RolledBackError(Exception):
    """Undoes a transaction."""


def changed(edition: Edition) -> Edition:
    """The same edition with another length for the dynamic score, as a file edited later."""
    rule = edition.rules["dynamic-score-to-doj"]
    regimes = tuple(replace(regime, length=9) for regime in rule.regimes)
    rules = {**edition.rules, rule.name: replace(rule, regimes=regimes)}
    return replace(edition, rules=rules)


@pytest.fixture
def another(law: Law) -> Law:
    """The law of a process that starts later, with other files."""
    calendar = law.calendars["state-offices"]
    closure = Closure(date(2026, 11, 30), "day of mourning", "invented")
    closed = replace(calendar, closures={**calendar.closures, closure.on: closure})
    return replace(
        law,
        edition=changed(law.edition),
        calendars={**law.calendars, calendar.name: closed},
        keeping=Keeping(),
    )


async def due_as_explained(database: Database, law: Law, duty: Duty) -> date:
    async with database.transaction(CAUSE) as tx:
        return (await kept_laws.counted_again(tx, law, duty, duty.pauses)).due_on


async def kept(database: Database) -> int:
    async with database.transaction(CAUSE) as tx:
        return int((await tx.execute(text("SELECT count(*) FROM kept_laws"))).scalar_one())


async def test_another_edition_and_calendar_do_not_change_an_old_explanation(
    database: Database, law: Law, another: Law
) -> None:
    duty = await owed(database, law)

    assert await due_as_explained(database, another, duty) == DUE_ON


async def test_the_law_is_kept_by_the_transaction_that_first_opens_a_duty_by_it(
    database: Database, law: Law, another: Law
) -> None:
    await owed(database, law)
    first = await kept(database)
    await owed(database, law)
    second = await kept(database)
    await owed(database, another)

    assert first == second == 1 + len(law.calendars)
    assert await kept(database) == first + 2


async def test_a_law_kept_by_a_transaction_that_rolled_back_is_kept_by_the_next(
    database: Database, law: Law
) -> None:
    with pytest.raises(RolledBackError):
        await _keep_and_roll_back(database, law)

    duty = await owed(database, law)

    assert await kept(database) > 0
    assert await due_as_explained(database, load_law("sb-1473"), duty) == DUE_ON


async def _keep_and_roll_back(database: Database, law: Law) -> None:
    async with database.transaction(CAUSE) as tx:
        await kept_laws.insert_law_if_new(tx, law)
        raise RolledBackError


async def test_a_law_kept_in_a_savepoint_that_was_undone_is_kept_again(
    database: Database, law: Law
) -> None:
    async with database.transaction(CAUSE) as tx:
        with pytest.raises(RolledBackError):
            async with tx.savepoint():
                await kept_laws.insert_law_if_new(tx, law)
                raise RolledBackError
        await kept_laws.insert_law_if_new(tx, law)

    assert await kept(database) == 1 + len(law.calendars)


async def test_once_it_is_known_to_be_kept_no_more_is_asked(database: Database, law: Law) -> None:
    await owed(database, law)
    before = law.keeping.is_committed
    await owed(database, law)

    assert (before, law.keeping.is_committed) == (False, True)


async def test_a_duty_whose_law_is_gone_says_so(database: Database, law: Law) -> None:
    duty = replace(await owed(database, law), edition_hash="f" * 64)

    with pytest.raises(LawNotKeptError, match=r"ffffffffffff .* is not stored here"):
        await due_as_explained(database, law, duty)
