"""The Board records the status of a fingerprint check; its result never enters this system."""

from dataclasses import dataclass, replace
from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import Application, LiveScan, moved
from certification.storage import applications
from certification.use_cases.act_on_file import file_to_act_on
from shared.database.transaction import Transaction
from shared.versions import Seen


@dataclass(frozen=True)
class RecordLiveScan:
    """The application, and the status of its check."""

    application_id: UUID
    status: LiveScan
    seen_version: Seen | None


async def record_live_scan(tx: Transaction, command: RecordLiveScan) -> Application:
    """Store the status; nothing can be granted while it is *hold*."""
    before = await file_to_act_on(tx, command.application_id, command.seen_version)
    application = replace(moved(before, Move.RECORD_LIVE_SCAN), live_scan=command.status)

    await applications.update(tx, before, application, Move.RECORD_LIVE_SCAN)
    tx.audit("live-scan.recorded", subject_kind="application", subject_id=application.id)
    return application
