"""When a list may be taken in or undone: what stands refuses, and says why."""

from datetime import UTC, datetime

import pytest

from certification.domain.intakes import (
    IntakeRun,
    IntakeState,
    LineOutcome,
    RunKind,
    refuse_applying,
    refuse_undoing,
    state_of,
)
from shared.errors import ConflictError
from shared.identifiers import new_id

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
NONE = dict.fromkeys(LineOutcome, 0)


def _run(
    kind: RunKind, finished_at: datetime | None, stopped_because: str | None = None
) -> IntakeRun:
    return IntakeRun(
        id=new_id(),
        intake_id=new_id(),
        kind=kind,
        skips_refused=False,
        asked_at=NOW,
        asked_by="somebody",
        asked_roles=(),
        correlation_id=new_id(),
        finished_at=finished_at,
        stopped_because=stopped_because,
    )


@pytest.mark.parametrize(
    ("runs", "state"),
    [
        ([], IntakeState.CHECKED),
        ([_run(RunKind.APPLYING, None)], IntakeState.APPLYING),
        ([_run(RunKind.APPLYING, NOW)], IntakeState.APPLIED),
        ([_run(RunKind.APPLYING, NOW, "no-duty")], IntakeState.STOPPED),
        ([_run(RunKind.APPLYING, NOW), _run(RunKind.UNDOING, None)], IntakeState.UNDOING),
        ([_run(RunKind.APPLYING, NOW), _run(RunKind.UNDOING, NOW)], IntakeState.UNDONE),
    ],
)
def test_an_intake_stands_where_its_last_run_does(
    runs: list[IntakeRun], state: IntakeState
) -> None:
    assert state_of(runs) is state


@pytest.mark.parametrize(
    ("state", "counts", "code"),
    [
        (IntakeState.APPLYING, {LineOutcome.READY: 1}, "already-applied"),
        (IntakeState.APPLIED, {LineOutcome.READY: 1}, "already-applied"),
        (IntakeState.UNDONE, {LineOutcome.READY: 1}, "already-applied"),
        (IntakeState.CHECKED, {LineOutcome.READY: 1, LineOutcome.REFUSED: 1}, "lines-refused"),
        (IntakeState.CHECKED, {}, "nothing-to-apply"),
    ],
)
def test_applying_is_refused(state: IntakeState, counts: dict[LineOutcome, int], code: str) -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_applying(state, NONE | counts, skip_refused=False)

    assert refused.value.code == code


@pytest.mark.parametrize("state", [IntakeState.CHECKED, IntakeState.STOPPED])
def test_a_list_with_refused_lines_is_taken_in_without_them_when_told_so(
    state: IntakeState,
) -> None:
    counts = NONE | {LineOutcome.READY: 1, LineOutcome.REFUSED: 1}

    refuse_applying(state, counts, skip_refused=True)


@pytest.mark.parametrize(
    ("state", "counts", "code"),
    [
        (IntakeState.APPLYING, {LineOutcome.MADE: 1}, "run-under-way"),
        (IntakeState.UNDOING, {LineOutcome.MADE: 1}, "run-under-way"),
        (IntakeState.CHECKED, {LineOutcome.READY: 1}, "nothing-to-undo"),
        (IntakeState.UNDONE, {LineOutcome.UNDONE: 1}, "nothing-to-undo"),
    ],
)
def test_undoing_is_refused(state: IntakeState, counts: dict[LineOutcome, int], code: str) -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_undoing(state, NONE | counts)

    assert refused.value.code == code


@pytest.mark.parametrize("outcome", [LineOutcome.MADE, LineOutcome.KEPT])
def test_what_stands_may_be_undone_and_tried_again(outcome: LineOutcome) -> None:
    refuse_undoing(IntakeState.UNDONE, NONE | {outcome: 1})
