"""A provider shared a score: it lies in the inbox of the officer's unit until received."""

from shared.database.transaction import Transaction
from shared.events.scoring import ShareMade
from supervision.domain.receipts import SharedScore
from supervision.storage import cases, shares


async def put_share_in_inbox(tx: Transaction, made: ShareMade) -> None:
    """Keep the share; its case must have arrived."""
    await cases.require_known(tx, made.case_id)
    share = SharedScore(
        id=made.share_id,
        assessment_id=made.assessment_id,
        version=made.version,
        case_id=made.case_id,
        instrument=made.instrument,
        assessed_on=made.assessed_on,
        provider_id=made.provider_id,
        program_id=made.program_id,
        agency=made.agency,
        unit=made.unit,
        officer_id=made.officer_id,
        shared_at=made.shared_at,
    )
    await shares.keep(tx, share)
