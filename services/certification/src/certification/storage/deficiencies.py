"""Deficiency notices and their items; cured items stay. Due dates are read from the ledger."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select, update

from certification.domain.deficiencies import Deficiency, DeficiencyItem
from certification.domain.duty_rules import ANSWER_DEFICIENCY
from certification.storage.tables.applications import DEFICIENCIES, DEFICIENCY_ITEMS
from shared.database.transaction import Transaction
from shared.law.duty.duty_tables import DUTIES, DUTY_NOTICES

_IS_ITS_DUTY = (DUTIES.c.subject_id == DEFICIENCIES.c.id) & (DUTIES.c.rule == ANSWER_DEFICIENCY)


async def insert(tx: Transaction, deficiency: Deficiency) -> None:
    """Store a notice as it was sent."""
    await tx.insert(
        DEFICIENCIES,
        id=deficiency.id,
        application_id=deficiency.application_id,
        sent_on=deficiency.sent_on,
    )
    rows = [
        {
            "deficiency_id": deficiency.id,
            "item": each.item,
            "reason": each.reason,
            "was_received_on": each.was_received_on,
        }
        for each in deficiency.items
    ]
    await tx.execute(sa.insert(DEFICIENCY_ITEMS).values(rows))


async def update_cures(tx: Transaction, deficiency: Deficiency) -> None:
    """Store which items were cured, each with the first day."""
    for each in deficiency.items:
        statement = update(DEFICIENCY_ITEMS).where(
            DEFICIENCY_ITEMS.c.deficiency_id == deficiency.id,
            DEFICIENCY_ITEMS.c.item == each.item,
            DEFICIENCY_ITEMS.c.cured_on.is_(None),
        )
        if each.cured_on is not None:
            await tx.execute(statement.values(cured_on=each.cured_on))


async def of_application(tx: Transaction, application_id: UUID) -> list[Deficiency]:
    """Read all notices of an application with their due dates, oldest first."""
    statement = (
        select(DEFICIENCIES, DEFICIENCY_ITEMS, DUTIES.c.due_on)
        .join(DEFICIENCY_ITEMS, DEFICIENCY_ITEMS.c.deficiency_id == DEFICIENCIES.c.id)
        .join(DUTIES, _IS_ITS_DUTY)
        .where(DEFICIENCIES.c.application_id == application_id)
        .order_by(DEFICIENCIES.c.id, DEFICIENCY_ITEMS.c.item)
    )
    found: dict[UUID, Deficiency] = {}
    for row in (await tx.execute(statement)).mappings():
        item = DeficiencyItem(row["item"], row["reason"], row["cured_on"], row["was_received_on"])
        before = found.get(row["id"])
        found[row["id"]] = Deficiency(
            id=row["id"],
            application_id=row["application_id"],
            sent_on=row["sent_on"],
            answer_due_on=row["due_on"],
            items=(*before.items, item) if before else (item,),
        )
    return list(found.values())


@dataclass(frozen=True)
class Reminder:
    """A reminder of an answer's due date: near (`due-soon`) or past (`overdue`)."""

    kind: str
    notify: str
    given_at: datetime


async def reminders(tx: Transaction, application_id: UUID) -> dict[UUID, list[Reminder]]:
    """Read the reminders by notice, oldest first."""
    statement = (
        select(
            *(DEFICIENCIES.c.id, DUTY_NOTICES.c.kind, DUTY_NOTICES.c.notify),
            DUTY_NOTICES.c.given_at,
        )
        .join(DUTIES, _IS_ITS_DUTY)
        .join(DUTY_NOTICES, DUTY_NOTICES.c.duty_id == DUTIES.c.id)
        .where(DEFICIENCIES.c.application_id == application_id)
        .order_by(DUTY_NOTICES.c.given_at, DUTY_NOTICES.c.step)
    )
    found: dict[UUID, list[Reminder]] = defaultdict(list)
    for row in await tx.execute(statement):
        found[row.id].append(Reminder(row.kind, row.notify, row.given_at))
    return found
