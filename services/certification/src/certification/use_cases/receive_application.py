"""Records the arrival of an application: announces it, and opens or meets the duties."""

from collections.abc import Sequence

from certification import published
from certification.domain.applications import Application
from certification.use_cases.file_renewal import meet_renewal
from certification.use_cases.owe_screening import owe_screening
from shared.database.transaction import Transaction
from shared.law.in_force import Law


async def receive_application(
    tx: Transaction, law: Law, application: Application, lacking: Sequence[str]
) -> None:
    """Announce the submission with what it lacks, and open the Board's check."""
    tx.publish(published.application_submitted(application))
    await owe_screening(tx, law, application, evidence=f"application {application.id}")
    if not lacking:
        await meet_renewal(tx, law, application, tx.now)
    tx.audit("application.submitted", subject_kind="application", subject_id=application.id)
