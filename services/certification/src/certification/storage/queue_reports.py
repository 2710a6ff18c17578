"""Reports on a period: where the time of decided applications went, and items requested."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text

from certification.domain.application_moves import ApplicationState
from certification.domain.time_split import STEPS, FileStep
from shared.database.transaction import Transaction

_SPENT = text(
    """
    WITH closed AS (
        SELECT DISTINCT application_id, decided_at FROM decisions
        WHERE decided_at >= :since AND decided_at < :until AND superseded_at IS NULL
    ), spans AS (
        SELECT m.application_id, m.to_state,
               lead(m.at) OVER (PARTITION BY m.application_id ORDER BY m.number) - m.at AS spent
        FROM application_moves m JOIN closed USING (application_id)
    ), per_file AS (
        SELECT application_id, step, sum(seconds) AS seconds FROM (
            SELECT application_id, CAST(:steps AS jsonb) ->> to_state AS step,
                   extract(epoch FROM spent) AS seconds
            FROM spans
        ) AS stepped
        WHERE step IS NOT NULL AND seconds IS NOT NULL
        GROUP BY application_id, step
    ), every AS (
        SELECT closed.application_id, step.name AS step, coalesce(per_file.seconds, 0) AS seconds
        FROM closed CROSS JOIN unnest(CAST(:names AS text[])) AS step (name)
        LEFT JOIN per_file ON per_file.application_id = closed.application_id
                          AND per_file.step = step.name
        UNION ALL
        SELECT closed.application_id, 'total', coalesce(sum(per_file.seconds), 0)
        FROM closed LEFT JOIN per_file USING (application_id)
        GROUP BY closed.application_id
    )
    SELECT step, count(*) AS files,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS ninetieth
    FROM every GROUP BY step
    """
)
_TIMELY = text(
    """
    SELECT count(*) FILTER (WHERE duties.state = 'met') AS in_time,
           count(*) FILTER (WHERE duties.state = 'met-late') AS late
    FROM decisions JOIN duties ON duties.subject_id = decisions.application_id
                              AND duties.rule = 'decide-application'
    WHERE decisions.decided_at >= :since AND decisions.decided_at < :until
      AND decisions.superseded_at IS NULL
    """
)
_SCREENED = text(
    """
    SELECT count(*) FILTER (WHERE state = 'met') AS in_time,
           count(*) FILTER (WHERE state = 'met-late') AS late
    FROM duties
    WHERE rule = 'screen-application' AND met_at >= :since AND met_at < :until
    """
)
_BOUNCES = text(
    """
    SELECT items.item, count(DISTINCT notices.application_id) AS files, count(*) AS times,
           count(*) FILTER (WHERE items.was_received_on IS NOT NULL) AS sent_back
    FROM deficiencies notices JOIN deficiency_items items ON items.deficiency_id = notices.id
    WHERE notices.sent_on >= :since_on AND notices.sent_on < :until_on
    GROUP BY items.item ORDER BY times DESC, items.item
    """
)


@dataclass(frozen=True)
class Spent:
    """Seconds that decided applications spent on a step: median and 90th percentile."""

    step: str
    files: int
    median: float
    ninetieth: float


@dataclass(frozen=True)
class Bounce:
    """How often notices requested an item; `sent_back` counts those received before."""

    item: str
    files: int
    times: int
    sent_back: int


@dataclass(frozen=True)
class QueueReport:
    """The report of a period; `until` is the first day after it."""

    spent: tuple[Spent, ...]
    in_time: int
    late: int
    screened_in_time: int
    screened_late: int
    bounces: tuple[Bounce, ...]


async def of_period(
    tx: Transaction, since: datetime, until: datetime, period: dict[str, Any]
) -> QueueReport:
    """Report the applications decided in a period, and the notices sent in it."""
    between = {"since": since, "until": until}
    told = between | {"steps": _steps_as_json(), "names": [step.value for step in FileStep]}
    spent: Sequence[Row[Any]] = (await tx.execute(_SPENT, told)).all()
    timely = (await tx.execute(_TIMELY, between)).one()
    screened = (await tx.execute(_SCREENED, between)).one()
    bounces: Sequence[Row[Any]] = (await tx.execute(_BOUNCES, period)).all()
    order = [*(step.value for step in FileStep), "total"]
    return QueueReport(
        spent=tuple(
            sorted(
                (Spent(row.step, row.files, row.median, row.ninetieth) for row in spent),
                key=lambda each: order.index(each.step),
            )
        ),
        in_time=timely.in_time,
        late=timely.late,
        screened_in_time=screened.in_time,
        screened_late=screened.late,
        bounces=tuple(Bounce(row.item, row.files, row.times, row.sent_back) for row in bounces),
    )


def _steps_as_json() -> str:
    named: dict[ApplicationState, FileStep] = dict(STEPS)
    pairs = (f'"{state.value}": "{step.value}"' for state, step in named.items())
    return "{" + ", ".join(pairs) + "}"
