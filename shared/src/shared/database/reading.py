"""Reads alone, each statement by itself: what answers the public works with.

Nothing is begun and nothing committed, which saves two trips to the database of every request.
At READ COMMITTED each statement of a transaction sees what is committed when it begins, so none
sees less here. What would be written is refused: without a transaction it could not be undone.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import CursorResult, Executable, RowMapping, Table

from shared.database.transaction import Transaction


class ReadsOnlyError(Exception):
    """Something was to be written, locked or noted where only reading is done."""


class ReadOnlyTransaction(Transaction):
    """A transaction's face without its writing half."""

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Run one statement that reads."""
        if getattr(statement, "is_dml", False):
            _refuse("write")
        return await super().execute(statement, parameters)

    async def lock_all(self, table: Table, row_ids: Iterable[UUID]) -> list[RowMapping]:
        """Refuse: nothing would hold the lock."""
        _refuse(f"lock rows of {table.name} ({len(list(row_ids))})")

    async def lock_subject(self, subject_id: UUID) -> None:
        """Refuse: nothing would hold the lock."""
        _refuse(f"lock {subject_id}")

    def write_soon(self, statement: Executable, parameters: Mapping[str, Any]) -> None:  # noqa: ARG002 - as a transaction's
        """Refuse."""
        _refuse("write")

    def audit(
        self,
        action: str,
        *,
        subject_kind: str,  # noqa: ARG002 - as a transaction's
        subject_id: UUID,  # noqa: ARG002
        authority: str | None = None,  # noqa: ARG002
    ) -> None:
        """Refuse: the entry could not be kept with what it is about."""
        _refuse(f"put {action} on the audit record")


def _refuse(what: str) -> NoReturn:
    raise ReadsOnlyError(f"this only reads; it cannot {what}")
