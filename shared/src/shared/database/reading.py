"""Reads without a transaction, each statement by itself, for what the public may read.

This saves two round trips per request. At READ COMMITTED each statement sees what is committed when
it begins, so nothing is lost. Writing is refused, because it could not be undone.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import CursorResult, Executable, RowMapping, Table

from shared.database.transaction import Transaction


class ReadsOnlyError(Exception):
    """Code that may only read tried to write, lock or audit."""


class ReadOnlyTransaction(Transaction):
    """A transaction that refuses to write."""

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
        """Refuse, because without a transaction an audit entry could not be stored."""
        _refuse(f"record {action} in the audit trail")


def _refuse(what: str) -> NoReturn:
    raise ReadsOnlyError(f"this operation may only read; it cannot {what}")
