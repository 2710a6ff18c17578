"""An assessment: drafted by a scorer, then finalized.

A finalized assessment is never changed. It keeps the version of the instrument, the entered codes
and the reasons for the result.
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
    """State of an assessment."""

    DRAFT = "draft"
    FINALIZED = "finalized"


class AssessmentMove(StrEnum):
    """What may happen to an assessment."""

    FINALIZE = "finalize"
    SHARE = "share"


MOVES: Mapping[tuple[AssessmentState, AssessmentMove], AssessmentState] = {
    (AssessmentState.DRAFT, AssessmentMove.FINALIZE): AssessmentState.FINALIZED,
    (AssessmentState.FINALIZED, AssessmentMove.SHARE): AssessmentState.FINALIZED,
}
"""The state after each move. A move that is not listed is refused."""


class AssessmentReason(StrEnum):
    """Why the person was scored."""

    INITIAL = "initial"
    CHANGE = "change"
    FINAL = "final"
    OTHER = "other"


@dataclass(frozen=True)
class Scorer:
    """Who scored. `program_id` is None if an officer of the agency scored."""

    id: UUID
    agency: str
    program_id: UUID | None


@dataclass(frozen=True)
class Assessment:
    """One scoring of one person's case.

    `version` is the version of the legal result; `revision` counts every change of the record.
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
    """ID of the scorer's earlier scoring of that case, instrument and day, which this replaces."""

    def is_by(self, viewer: Viewer) -> bool:
        """Whether the viewer is the scorer."""
        return self.scorer.id in own_ids(viewer)


def own_ids(viewer: Viewer) -> frozenset[UUID]:
    """Return the IDs under which the viewer may have scored: as provider and as a person."""
    ids = (viewer.provider, viewer.person_id)
    return frozenset(each for each in ids if each is not None)


def scorer_among(case: Case, instrument: Instrument, viewer: Viewer) -> Scorer | None:
    """Return the viewer as a scorer of this case; None unless in its team or its agency."""
    if instrument.scored_by is ScoredBy.PROVIDER:
        treatment = case.treatment
        if treatment is None or viewer.provider != treatment.provider_id:
            return None
        return Scorer(treatment.provider_id, case.supervision.agency, treatment.program_id)
    if viewer.person_id is None or not case.is_supervised_by(viewer):
        return None
    return Scorer(viewer.person_id, case.supervision.agency, None)


def authority_to_see(assessment: Assessment, case: Case, viewer: Viewer) -> Authority | None:
    """Return the authority to see it. Only the scorer and auditors see a draft."""
    authority = case.authority_of(viewer)
    if assessment.state is AssessmentState.FINALIZED or authority is Authority.AUDITOR:
        return authority
    return Authority.SCORER if assessment.is_by(viewer) else None


def check_day_of_scoring(assessed_on: date, today: date) -> None:
    """Raise InvalidInputError for a day of scoring in the future."""
    if assessed_on > today:
        message = f"must not be in the future; today in California is {today}"
        raise InvalidInputError(
            f"the day of scoring {message}",
            code="assessed-in-the-future",
            faults=[Fault("assessed_on", message)],
        )


def check_scored_once(latest: UUID | None, rescores: UUID | None) -> None:
    """Refuse a second scoring, unless `rescores` names the latest one, which it then replaces.

    `latest` is the latest scoring of the same case, instrument and day by the same scorer, or None.
    """
    if rescores == latest:
        return
    if rescores is None:
        raise ConflictError(
            f"you already scored this case with this instrument on this day: assessment {latest}; "
            "to replace it, send its ID as rescores",
            code="already-scored",
            faults=[Fault("rescores", "is required for a second scoring of that day")],
            members={"assessment_id": str(latest)},
        )
    words = "is not your latest scoring of this case with this instrument on this day"
    raise InvalidInputError(
        f"assessment {rescores} {words}",
        code="not-the-latest-scoring",
        faults=[Fault("rescores", words)],
    )


def check_not_scored_anew(draft: Assessment, by: UUID | None) -> None:
    """Refuse to finalize a draft that another scoring replaces. `by` is its ID, or None."""
    if by is not None and draft.state is AssessmentState.DRAFT:
        raise ConflictError(
            f"assessment {by} replaces this draft; finalize that one instead",
            code="scored-anew",
            members={"assessment_id": str(by)},
        )


def finalized(
    draft: Assessment, instrument: Instrument, standing: Standing, at: datetime
) -> Assessment:
    """Finalize a draft. Raises ConflictError if it is none, NotEligibleError for the scorer."""
    state = moved(draft, AssessmentMove.FINALIZE)
    check_scorer(instrument, standing, draft.assessed_on)
    return replace(draft, state=state, revision=draft.revision + 1, finalized_at=at)


def moved(assessment: Assessment, move: AssessmentMove) -> AssessmentState:
    """Return the state after a move. Raises ConflictError if it is not in the table."""
    state = MOVES.get((assessment.state, move))
    if state is None:
        raise ConflictError(
            f"an assessment in state {assessment.state} does not allow the action {move}",
            code="assessment-state",
        )
    return state
