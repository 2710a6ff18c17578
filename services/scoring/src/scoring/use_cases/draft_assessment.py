"""A scorer enters item codes as a draft. The total is computed; nothing is final yet."""

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
    """A scoring of a case, as entered."""

    case_id: UUID
    instrument: str
    assessed_on: date
    reason: AssessmentReason
    entered: Entered
    rescores: UUID | None = None


async def draft_assessment(
    tx: Transaction, command: DraftAssessment, instruments: Instruments
) -> Assessment:
    """Compute the score and store it as a draft.

    Raises InvalidInputError for wrong values, NotEligibleError if the actor's role does not score
    the instrument, NotFoundError if the scorer is not in the team or agency of the case, and
    ConflictError for a second scoring. The team of the day of scoring counts, not today's.
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
    """Insert the draft unless it is a second scoring. Two requests at once run one by one."""
    await tx.lock_subject(draft.case_id)
    check_scored_once(await assessments.latest_scoring(tx, draft), draft.rescores)
    await assessments.insert(tx, draft)
