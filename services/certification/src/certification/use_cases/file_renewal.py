"""A holder who has filed a complete renewal owes nothing more (rule `renew-certification`).

The duty is met when everything for the renewal has arrived. It is owed again, with the same due
date, when a notice requests something or the renewal ends without a grant. How long the Board takes
to decide is the Board's own clock.
"""

from certification.domain.applications import Application, Purpose
from certification.domain.certification_changes import ended_for_good
from certification.domain.duty_rules import RENEW_CERTIFICATION
from certification.storage import certifications
from certification.use_cases.continue_certification import (
    continue_certification,
    end_continuation,
)
from shared.database.transaction import Transaction
from shared.law.counting.facts import Moment
from shared.law.duty import duty_queries, ledger
from shared.law.duty.duties import DONE, UNMET
from shared.law.in_force import Law


async def meet_renewal(tx: Transaction, law: Law, application: Application, at: Moment) -> None:
    """Record that everything for a renewal has arrived, so its duty is met.

    If the edition allows it, the certification is extended while the Board decides.
    """
    if application.certification_id is None or application.purpose is not Purpose.RENEWAL:
        return
    followed = await certifications.locked(tx, application.certification_id)
    await continue_certification(tx, law, followed)
    duty = await duty_queries.of_subject(tx, RENEW_CERTIFICATION, application.certification_id)
    if duty is not None and duty.state in UNMET:
        evidence = f"application {application.id}"
        await ledger.meet_duty(
            tx, RENEW_CERTIFICATION, application.certification_id, at=at, evidence=evidence
        )


async def reopen_renewal(tx: Transaction, application: Application, reason: str) -> None:
    """The renewal lacks something or failed: it is owed again if it is still possible."""
    followed_id = application.certification_id
    if followed_id is None or application.purpose is not Purpose.RENEWAL:
        return
    followed = await certifications.locked(tx, followed_id)
    if ended_for_good(await certifications.changes(tx, followed_id)) is not None:
        return
    await end_continuation(tx, followed, reason)
    duty = await duty_queries.of_subject(tx, RENEW_CERTIFICATION, followed_id)
    if duty is not None and duty.state in DONE:
        evidence = f"application {application.id}"
        await ledger.reopen_duty(
            tx, RENEW_CERTIFICATION, followed_id, reason=reason, evidence=evidence
        )
