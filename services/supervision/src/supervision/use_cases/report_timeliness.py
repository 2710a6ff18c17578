"""Overseers, the Board and agency leads see how duties are met, without names or IDs."""

from collections.abc import Sequence
from dataclasses import replace

from shared.database.transaction import Transaction
from shared.errors import NotAllowedError
from shared.security.principals import Role
from supervision.domain.timeliness import Timeliness, check_span
from supervision.storage import timeliness
from supervision.storage.timeliness import ReportFilter

SEE_EVERY_AGENCY = (Role.AUDITOR, Role.OPERATOR, Role.BOARD_MANAGER)


async def report_timeliness(tx: Transaction, asked: ReportFilter) -> Sequence[Timeliness]:
    """Report by rule and group. An agency lead sees only cases of their own agency."""
    check_span(asked.since, asked.until)
    if tx.actor.has(*SEE_EVERY_AGENCY):
        return await timeliness.reported(tx, asked)
    if tx.actor.agency is None:
        raise NotAllowedError(
            "your access token names no agency, so no report can be shown", code="no-agency"
        )
    return await timeliness.reported(tx, replace(asked, agency=tx.actor.agency))
