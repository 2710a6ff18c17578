"""What an applicant reads of a forecast: a range, one day, and nothing where nothing is known."""

from datetime import UTC, date, datetime

import pytest

from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Application, Kind
from certification.domain.forecast.forecasting import NotEnoughObserved
from certification.domain.forecast.observed import Observed
from certification.domain.forecast.open_files import OpenFile, Stage
from certification.domain.forecast.prospects import DateRange, Prospect
from certification.pages.status_view import status_view
from certification.storage.kept_forecasts import KeptForecast
from certification.use_cases.forecast_queue import ProspectAsOf
from certification.use_cases.show_status import FileStatus
from shared.identifiers import new_id

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
FIRST, MIDDLE, LAST = date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 9)


def _words(reached: DateRange | None) -> str:
    file = OpenFile(new_id(), Stage.IN_LINE, NOW.date())
    kept = KeptForecast(NOW, NotEnoughObserved(Observed(()), ()))
    status = FileStatus(
        application=Application(
            id=file.id,
            kind=Kind.PROVIDER,
            holder_id=new_id(),
            applicant_id=new_id(),
            name="Avery Example",
            level=None,
            client_band=None,
            place=None,
            checklist="provider-2011",
            state=ApplicationState.COMPLETE,
            received_on=NOW.date(),
        ),
        missing=(),
        answer_due_on=None,
        queue_position=1,
        due_on=None,
        outcome=None,
        forecast=ProspectAsOf(kept, Prospect(file, 1, reached)),
        as_of=NOW,
    )
    return status_view(status, {}).forecast


@pytest.mark.parametrize(
    ("reached", "words"),
    [
        (
            DateRange(FIRST, MIDDLE, LAST),
            (
                "between Tuesday, December 1, 2026 and Wednesday, December 9, 2026, "
                "most likely about Thursday, December 3, 2026."
            ),
        ),
        (
            DateRange(FIRST, MIDDLE, None),
            (
                "between Tuesday, December 1, 2026 and much later, "
                "most likely about Thursday, December 3, 2026."
            ),
        ),
        (
            DateRange(FIRST, FIRST, FIRST),
            "the Board will decide your application on Tuesday, December 1, 2026.",
        ),
    ],
)
def test_a_forecast_is_a_range_in_words(reached: DateRange, words: str) -> None:
    assert words in _words(reached)


@pytest.mark.parametrize("reached", [None, DateRange(FIRST, None, None)])
def test_where_most_runs_see_no_date_none_is_said(reached: DateRange | None) -> None:
    assert _words(reached) == ""
