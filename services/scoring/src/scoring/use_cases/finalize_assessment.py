"""A scorer finalizes an assessment, if entitled to score on the day of scoring.

For the dynamic and violence instruments this opens the duty to share the score with the
supervising officer (Board standards: within 30 days of scoring).
"""

from dataclasses import dataclass
from uuid import UUID

from scoring import published
from scoring.domain.assessments import Assessment, check_not_scored_anew, finalized
from scoring.domain.cases import Case
from scoring.domain.duty_rules import SHARE_SCORE
from scoring.domain.eligibility import RULE, OfficerStanding, ProviderStanding, Standing
from scoring.domain.instruments import Instruments
from scoring.storage import assessments, cases, standings
from shared.credentials import program_links
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.in_force import Law
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class Finalization:
    """A finalized assessment, and the duty to share it; None if there is no such duty."""

    assessment: Assessment
    share_duty: Duty | None


async def finalize_assessment(
    tx: Transaction, law: Law, instruments: Instruments, assessment_id: UUID, seen_revision: Seen
) -> Finalization:
    """Finalize a draft of the acting scorer.

    Raises ConflictError if it is not a draft, NotEligibleError that names everything missing.
    """
    draft = await assessments.locked(tx, assessment_id)
    if not draft.is_by(tx.actor):
        raise assessments.not_found(assessment_id)
    check_version(seen_revision, draft.revision)
    instrument = instruments.version(draft.instrument, draft.instrument_version)
    check_not_scored_anew(draft, await assessments.scored_anew_by(tx, draft.id))
    case = await cases.treated_on(tx, draft.case_id, draft.assessed_on)
    frozen = finalized(draft, instrument, await _standing(tx, draft, case), tx.now)

    await assessments.freeze(tx, frozen)
    tx.publish(published.assessment_finalized(frozen, tx.now))
    duty = await _open_share_duty(tx, law, frozen) if instrument.is_shared else None
    tx.audit(
        "assessment.finalized", subject_kind="assessment", subject_id=frozen.id, authority=RULE
    )
    return Finalization(frozen, duty)


async def _standing(tx: Transaction, draft: Assessment, case: Case) -> Standing:
    scorer = draft.scorer
    credentials = await standings.credentials(tx, scorer.id, draft.instrument)
    if scorer.program_id is None:
        return OfficerStanding(
            credentials, scorer.agency, case.supervision.agency, case.agency_kind
        )
    treatment = case.treatment
    is_in_team = treatment is not None and treatment.provider_id == scorer.id
    return ProviderStanding(
        credentials,
        provider_certifications=await standings.certifications(tx, "provider", scorer.id),
        program_certifications=await standings.certifications(tx, "program", scorer.program_id),
        in_program=await program_links.spans(
            tx, provider_id=scorer.id, program_id=scorer.program_id
        ),
        left_team_on=None if treatment is None or is_in_team else treatment.effective_from,
    )


async def _open_share_duty(tx: Transaction, law: Law, assessment: Assessment) -> Duty | None:
    scorer = assessment.scorer
    return await ledger.open_duty_if_owed(
        tx,
        law,
        rule=SHARE_SCORE,
        facts=[Fact("assessment", assessment.assessed_on, f"assessment {assessment.id}")],
        subject=Subject("assessment", assessment.id),
        owner=Owner(agency=str(scorer.program_id), person=scorer.id),
        concerns=assessment.case_id,
    )
