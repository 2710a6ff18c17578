"""Shows an intake, the progress of its run, and the result of each line."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from certification.domain.intakes import Intake, IntakeRun, IntakeState, LineOutcome, state_of
from certification.storage import intake_rows, intakes
from certification.storage.intake_rows import IntakeRow
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class ShownIntake:
    """An intake with its runs and counts.

    `kept_because` is the number of lines that cannot be undone, by reason.
    """

    intake: Intake
    runs: tuple[IntakeRun, ...]
    counts: Mapping[LineOutcome, int]
    doubtful: int
    kept_because: Mapping[str, int]

    @property
    def state(self) -> IntakeState:
        """The state of the intake."""
        return state_of(self.runs)

    @property
    def lines(self) -> int:
        """The number of lines."""
        return sum(self.counts.values())


async def show_intake(tx: Transaction, intake_id: UUID) -> ShownIntake:
    """Read an intake; NotFoundError if there is none."""
    return await _shown(tx, await intakes.by_id(tx, intake_id))


async def list_intakes(tx: Transaction, *, after: UUID | None, limit: int) -> list[ShownIntake]:
    """List intakes, newest first; one more than `limit`."""
    found = await intakes.listed(tx, after=after, limit=limit)
    return [await _shown(tx, each) for each in found]


async def list_rows(
    tx: Transaction,
    intake_id: UUID,
    *,
    outcome: LineOutcome | None = None,
    after: int = 0,
    limit: int | None = None,
) -> tuple[Intake, list[IntakeRow]]:
    """List an intake's lines in order, one more than `limit`; NotFoundError if there is none."""
    intake = await intakes.by_id(tx, intake_id)
    found = await intake_rows.listed(tx, intake_id, outcome=outcome, after=after, limit=limit)
    return intake, found


async def _shown(tx: Transaction, intake: Intake) -> ShownIntake:
    runs = await intakes.runs_of(tx, [intake.id])
    counted = await intake_rows.counts(tx, intake.id)
    return ShownIntake(
        intake=intake,
        runs=tuple(runs[intake.id]),
        counts=counted.by_outcome,
        doubtful=counted.doubtful,
        kept_because=counted.kept_because,
    )
