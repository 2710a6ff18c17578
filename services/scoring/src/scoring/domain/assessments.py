"""An assessment: drafted by a scorer, then finalized and frozen.

Nothing is ever edited: a finalized assessment stays as it was, with the version of the
instrument, the codes entered and the reasons for the result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from scoring.domain.cases import Case
from scoring.domain.eligibility import Standing, check_scorer
from scoring.domain.instruments import Instrument, ScoredBy
from scoring.domain.scores import Entered, Score
from shared.authorities import Authority, Viewer
from shared.errors import ConflictError, Fault, InvalidInputError


class AssessmentState(StrEnum):
    """Where an assessment stands."""

    DRAFT = "draft"
    FINALIZED = "finalized"


class AssessmentMove(StrEnum):
    """What may happen to it."""

    FINALIZE = "finalize"
    SHARE = "share"


MOVES: Mapping[tuple[AssessmentState, AssessmentMove], AssessmentState] = {
    (AssessmentState.DRAFT, AssessmentMove.FINALIZE): AssessmentState.FINALIZED,
    (AssessmentState.FINALIZED, AssessmentMove.SHARE): AssessmentState.FINALIZED,
}
"""To which state each move leads; what is not here is refused."""


class AssessmentReason(StrEnum):
    """Why the person was scored."""

    INITIAL = "initial"
    CHANGE = "change"
    FINAL = "final"
    OTHER = "other"


@dataclass(frozen=True)
class Scorer:
    """Who scored, and for whom; `program_id` is None where an agency scored."""

    id: UUID
    agency: str
    program_id: UUID | None


@dataclass(frozen=True)
class Assessment:
    """One scoring of one person's case.

    `version` counts what was legally said of it, `revision` every change of the record.
    """

    id: UUID
    version: int
    revision: int
    state: AssessmentState
    case_id: UUID
    instrument: str
    instrument_version: str
    reason: AssessmentReason
    assessed_on: date
    scorer: Scorer
    entered: Entered
    score: Score
    drafted_at: datetime
    finalized_at: datetime | None
    rescores: UUID | None = None
    """The scorer's earlier scoring of that case, instrument and day, in whose place this one is."""

    def is_by(self, viewer: Viewer) -> bool:
        """Whether the viewer is the one who scored."""
        return self.scorer.id in own_ids(viewer)


def own_ids(viewer: Viewer) -> frozenset[UUID]:
    """The ids under which the viewer may have scored: the provider's and the person's own."""
    ids = (viewer.provider, viewer.person_id)
    return frozenset(each for each in ids if each is not None)


def scorer_among(case: Case, instrument: Instrument, viewer: Viewer) -> Scorer | None:
    """The viewer as a scorer of this case; None unless in its team or its agency."""
    if instrument.scored_by is ScoredBy.PROVIDER:
        treatment = case.treatment
        if treatment is None or viewer.provider != treatment.provider_id:
            return None
        return Scorer(treatment.provider_id, case.supervision.agency, treatment.program_id)
    if viewer.person_id is None or not case.is_supervised_by(viewer):
        return None
    return Scorer(viewer.person_id, case.supervision.agency, None)


def authority_to_see(assessment: Assessment, case: Case, viewer: Viewer) -> Authority | None:
    """Under which authority the viewer sees it; a draft is its scorer's alone, and auditors'."""
    authority = case.authority_of(viewer)
    if assessment.state is AssessmentState.FINALIZED or authority is Authority.AUDITOR:
        return authority
    return Authority.SCORER if assessment.is_by(viewer) else None


def check_day_of_scoring(assessed_on: date, today: date) -> None:
    """Raise InvalidInputError for a day that has not come."""
    if assessed_on > today:
        message = f"{assessed_on} has not come; today is {today}"
        raise InvalidInputError(
            message, code="assessed-in-the-future", faults=[Fault("assessed_on", message)]
        )


def check_scored_once(latest: UUID | None, rescores: UUID | None) -> None:
    """Refuse a scoring that is on record, unless it scores anew the latest one by its id.

    `latest` is the latest scoring of the same case, instrument and day by the same scorer.
    """
    if rescores == latest:
        return
    if rescores is None:
        raise ConflictError(
            f"assessment {latest} is this scoring: same case, instrument, day and scorer; "
            "if the person was scored anew, or the draft was wrong, send its id as rescores",
            code="already-scored",
            faults=[Fault("rescores", "is missing for a second scoring of that day")],
            members={"assessment_id": str(latest)},
        )
    words = "is not the latest scoring of this case, instrument and day by this scorer"
    raise InvalidInputError(
        f"assessment {rescores} {words}",
        code="not-the-latest-scoring",
        faults=[Fault("rescores", words)],
    )


def check_not_scored_anew(draft: Assessment, by: UUID | None) -> None:
    """Refuse to finalize a draft in whose place another was entered."""
    if by is not None and draft.state is AssessmentState.DRAFT:
        raise ConflictError(
            f"assessment {by} was entered in place of this draft: finalize that one",
            code="scored-anew",
            members={"assessment_id": str(by)},
        )


def finalized(
    draft: Assessment, instrument: Instrument, standing: Standing, at: datetime
) -> Assessment:
    """Freeze it; ConflictError unless it is a draft, NotEligibleError by who may score."""
    state = moved(draft, AssessmentMove.FINALIZE)
    check_scorer(instrument, standing, draft.assessed_on)
    return replace(draft, state=state, revision=draft.revision + 1, finalized_at=at)


def moved(assessment: Assessment, move: AssessmentMove) -> AssessmentState:
    """The state that the move leads to; ConflictError for a move that is not in the table."""
    state = MOVES.get((assessment.state, move))
    if state is None:
        raise ConflictError(
            f"an assessment that is {assessment.state} cannot {move}", code="assessment-state"
        )
    return state
