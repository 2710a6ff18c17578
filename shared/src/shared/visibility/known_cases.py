"""The cases that a service knows, which decide who sees the duties and work items of a case.

Duties and work items are the same in every service and name a case by its id; this class knows the
service's table of cases. In a service without cases, officers and unit supervisors see only what
they owe themselves.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Table, exists, false, or_, select, true

from shared.authorities import Authority, authority_over
from shared.database.transaction import Transaction
from shared.security.principals import Actor
from shared.visibility.agency_rows import seen_of_unit

PERSON = "person_id"
"""Column of the audited person; if the table lacks it, the audit is about the case."""


class KnownCases:
    """A table of cases with `id`, `agency`, `unit` and `officer_id`, or None."""

    def __init__(self, table: Table | None = None) -> None:
        self._table = table

    def of_no_other_unit(self, actor: Actor, case_id: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Rows of no case, or of a case that no other unit of the actor's agency supervises."""
        if actor.sees_every_unit:
            return true()
        return or_(case_id.is_(None), self._is_seen(actor, case_id))

    def _is_seen(self, actor: Actor, case_id: ColumnElement[UUID]) -> ColumnElement[bool]:
        if self._table is None:
            return false()
        case = self._table.c
        is_of_unit = seen_of_unit(actor, unit=case.unit, officer=case.officer_id)
        return exists().where(case.id == case_id, or_(case.agency != actor.agency, is_of_unit))

    async def audit(self, tx: Transaction, action: str, case_ids: Collection[UUID | None]) -> None:
        """Record in the audit trail that these cases were seen, once per case."""
        ids = sorted({each for each in case_ids if each is not None})
        known = await self._known(tx, ids)
        for case_id in ids:
            _enter(tx, action, case_id, known.get(case_id))

    async def _known(self, tx: Transaction, ids: Collection[UUID]) -> Mapping[UUID, RowMapping]:
        if self._table is None or not ids:
            return {}
        statement = select(self._table).where(self._table.c.id.in_(ids))
        return {row["id"]: row for row in (await tx.execute(statement)).mappings()}


def _enter(tx: Transaction, action: str, case_id: UUID, case: RowMapping | None) -> None:
    if case is None:
        authority: Authority = authority_over(tx.actor, agency=None, unit=None, officer_id=None)
    else:
        authority = authority_over(
            tx.actor, agency=case["agency"], unit=case["unit"], officer_id=case["officer_id"]
        )
    person = None if case is None else case.get(PERSON)
    tx.audit(
        action,
        subject_kind="case" if person is None else "person",
        subject_id=case_id if person is None else person,
        authority=authority,
    )
