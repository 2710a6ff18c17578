"""One batch of the clerk in one transaction: notices, their events, and the next time to look.

A duty is checked under its lock, and a unique row records each notice and recipient. So each notice
is given once and none is lost, whatever else runs or crashes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text

from shared.database.transaction import Transaction
from shared.law.clerk import metrics
from shared.law.clerk.looking import Look, NoticeStep, look
from shared.law.counting.notices import Notice
from shared.law.duty import duty_events, kept_laws
from shared.law.duty.duties import Duty
from shared.law.duty.duty_rows import duty_of
from shared.law.duty.duty_tables import DUTIES
from shared.law.duty.kept_laws import LawNotKeptError
from shared.law.in_force import Law
from shared.process.logging import logger

LOG = logger(__name__)
DUTIES_AT_ONCE = 500
LOOK_FOR_LAW_AGAIN = timedelta(hours=1)
"""How long to wait before checking again, in case somebody has restored the missing law."""

_KEEP = text(
    """
    INSERT INTO duty_notices (duty_id, due_on, kind, notify, days, owner, step, given_at)
    SELECT duty_id, due_on, kind, notify, days, owner, step, :now
    FROM unnest(CAST(:duty_ids AS uuid[]), CAST(:due_ons AS date[]), CAST(:kinds AS text[]),
                CAST(:notifies AS text[]), CAST(:days AS smallint[]), CAST(:owners AS text[]),
                CAST(:steps AS smallint[]))
         AS notice (duty_id, due_on, kind, notify, days, owner, step)
    ON CONFLICT DO NOTHING
    RETURNING duty_id, step
    """
)
_LOOK_AGAIN = text(
    """
    UPDATE duties SET next_step = looked.next_step, next_look_at = looked.again_at
    FROM unnest(CAST(:duty_ids AS uuid[]), CAST(:next_steps AS smallint[]),
                CAST(:again_ats AS timestamptz[])) AS looked (id, next_step, again_at)
    WHERE duties.id = looked.id
    """
)


@dataclass(frozen=True)
class Swept:
    """Result of a batch; if `looked_at` is below DUTIES_AT_ONCE, nothing more is due."""

    looked_at: int
    told: Mapping[str, int]


async def sweep_batch(tx: Transaction, law: Law) -> Swept:
    """Check the duties whose time has come, longest waiting first."""
    due = await _due(tx)
    looks = [(duty, await _looked(tx, law, duty)) for duty in due]
    await _set_next_looks(tx, looks)
    given = await _insert_new_notices(tx, looks)
    told: dict[str, int] = {}
    for duty, found in looks:
        for step in found.steps:
            if (duty.id, step.number) in given:
                tx.publish(duty_events.noticed(duty, step.number, step.notice))
                told[step.notice.kind] = told.get(step.notice.kind, 0) + 1
    return Swept(len(due), told)


async def next_look_at(tx: Transaction) -> datetime | None:
    """When the next duty is due for a check; None if no clock runs."""
    statement = select(DUTIES.c.next_look_at).where(DUTIES.c.next_look_at.is_not(None))
    found = await tx.execute(statement.order_by(DUTIES.c.next_look_at).limit(1))
    at: datetime | None = found.scalar_one_or_none()
    return at


async def _due(tx: Transaction) -> list[Duty]:
    """Lock the duties to check; those locked by others are left for the next batch."""
    statement = (
        select(DUTIES)
        .where(DUTIES.c.next_look_at <= tx.now)
        .order_by(DUTIES.c.next_look_at, DUTIES.c.id)
        .limit(DUTIES_AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True)
    )
    duties = [duty_of(row) for row in (await tx.execute(statement)).mappings()]
    for duty in duties:
        tx.count_as_locked(duty.id)
    return duties


async def _looked(tx: Transaction, law: Law, duty: Duty) -> Look:
    try:
        notices = await _notices(tx, law, duty)
    except LawNotKeptError as error:
        _tell_of_missing_law(tx.service, duty, error)
        return Look((), duty.next_step, tx.now + LOOK_FOR_LAW_AGAIN)
    return look(notices, duty.due_on, duty.next_step, tx.now)


def _tell_of_missing_law(service: str, duty: Duty, error: LawNotKeptError) -> None:
    metrics.WITHOUT_LAW.labels(service).inc()
    LOG.error("duty_without_law", duty=str(duty.id), reason=error.detail)


async def _notices(tx: Transaction, law: Law, duty: Duty) -> tuple[Notice, ...]:
    edition = await kept_laws.edition_of_duty(tx, law, duty.edition_hash)
    regimes = edition.rule(duty.rule).regimes
    return next(
        regime.notices
        for regime in regimes
        if (regime.name, regime.span.effective_from) == (duty.regime, duty.regime_from)
    )


async def _set_next_looks(tx: Transaction, looks: Sequence[tuple[Duty, Look]]) -> None:
    if looks:
        columns = {
            "duty_ids": [duty.id for duty, _ in looks],
            "next_steps": [found.next_step for _, found in looks],
            "again_ats": [found.again_at for _, found in looks],
        }
        await tx.execute(_LOOK_AGAIN, columns)


async def _insert_new_notices(
    tx: Transaction, looks: Sequence[tuple[Duty, Look]]
) -> frozenset[tuple[UUID, int]]:
    """Store the notices to give; returns those not given before for that due date."""
    notices = [(duty, step) for duty, found in looks for step in found.steps]
    if not notices:
        return frozenset()
    kept: Sequence[Row[Any]] = (await tx.execute(_KEEP, _columns(notices, tx.now))).all()
    return frozenset((row.duty_id, row.step) for row in kept)


def _columns(notices: Sequence[tuple[Duty, NoticeStep]], now: datetime) -> dict[str, Any]:
    due_ons: list[date] = [duty.due_on for duty, _ in notices]
    return {
        "now": now,
        "duty_ids": [duty.id for duty, _ in notices],
        "due_ons": due_ons,
        "kinds": [step.notice.kind.value for _, step in notices],
        "notifies": [step.notice.to for _, step in notices],
        "days": [step.notice.days for _, step in notices],
        "owners": [_owner(duty) for duty, _ in notices],
        "steps": [step.number for _, step in notices],
    }


def _owner(duty: Duty) -> str:
    """The owner as text; a later owner is notified again."""
    owner = duty.owner
    return f"{owner.role} {owner.person or owner.agency or ''}".strip()
