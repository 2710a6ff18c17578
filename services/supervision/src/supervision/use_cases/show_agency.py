"""Anybody who works here may read an agency's reference data."""

from shared.database.transaction import Transaction
from supervision.domain.agencies import Agency
from supervision.storage import agencies


async def show_agency(tx: Transaction, code: str) -> Agency:
    """Read an agency with its units."""
    return await agencies.by_code(tx, code)
