"""A scorer enters item codes: totals are computed, nothing is legally said yet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scoring.domain.assessments import (
    Assessment,
    AssessmentReason,
    AssessmentState,
    check_day_of_scoring,
    check_scored_once,
    scorer_among,
)
from scoring.domain.eligibility import check_side
from scoring.domain.instruments import Instruments
from scoring.domain.scores import Entered, score
from scoring.storage import assessments, cases
from shared.database.transaction import Transaction
from shared.identifiers import new_id


@dataclass(frozen=True)
class DraftAssessment:
    """What a scorer enters about a case."""

    case_id: UUID
    instrument: str
    assessed_on: date
    reason: AssessmentReason
    entered: Entered
    rescores: UUID | None = None


async def draft_assessment(
    tx: Transaction, command: DraftAssessment, instruments: Instruments
) -> Assessment:
    """Score what was entered and keep it as a draft.

    Raises InvalidInputError for a wrong entry, NotEligibleError for the other side's
    instrument, NotFoundError for a case whose team or agency the scorer is not in, and
    ConflictError for a scoring that is on record. Who was in the team on the day of scoring
    counts, whoever is in it when the scoring is entered.
    """
    check_day_of_scoring(command.assessed_on, tx.today)
    instrument = instruments.on(command.instrument, command.assessed_on)
    check_side(instrument, tx.actor.roles)
    result = score(instrument, command.entered)
    case = await cases.treated_on(tx, command.case_id, command.assessed_on)
    scorer = scorer_among(case, instrument, tx.actor)
    if scorer is None:
        raise cases.not_found(case.id)

    draft = Assessment(
        id=new_id(),
        version=1,
        revision=1,
        state=AssessmentState.DRAFT,
        case_id=case.id,
        instrument=instrument.code,
        instrument_version=instrument.version,
        reason=command.reason,
        assessed_on=command.assessed_on,
        scorer=scorer,
        entered=command.entered,
        score=result,
        drafted_at=tx.now,
        finalized_at=None,
        rescores=command.rescores,
    )
    await _insert_once(tx, draft)
    tx.audit("assessment.drafted", subject_kind="assessment", subject_id=draft.id)
    return draft


async def _insert_once(tx: Transaction, draft: Assessment) -> None:
    """Keep it unless it is on record; of two at once the second waits and finds the first."""
    await tx.lock_subject(draft.case_id)
    check_scored_once(await assessments.latest_scoring(tx, draft), draft.rescores)
    await assessments.insert(tx, draft)
