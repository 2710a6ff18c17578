"""When a step of an escalation is due: whole days of California before or after the due day."""

from datetime import UTC, date, datetime

import pytest

from shared.law.counting.notices import Notice, NoticeKind

DUE_SOON, OVERDUE = NoticeKind.DUE_SOON, NoticeKind.OVERDUE


@pytest.mark.parametrize(
    ("notice", "due_on", "at"),
    [
        (Notice(DUE_SOON, "owner", 3), date(2026, 12, 1), datetime(2026, 11, 28, 8, tzinfo=UTC)),
        (Notice(DUE_SOON, "owner", 0), date(2026, 12, 1), datetime(2026, 12, 1, 8, tzinfo=UTC)),
        (Notice(OVERDUE, "owner", 0), date(2026, 12, 1), datetime(2026, 12, 2, 8, tzinfo=UTC)),
        (Notice(OVERDUE, "owner", 2), date(2026, 12, 1), datetime(2026, 12, 4, 8, tzinfo=UTC)),
        # The clocks go forward on March 8, 2026 and back on November 1, 2026.
        (Notice(DUE_SOON, "owner", 1), date(2026, 3, 9), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        (Notice(DUE_SOON, "owner", 0), date(2026, 3, 9), datetime(2026, 3, 9, 7, tzinfo=UTC)),
        (Notice(DUE_SOON, "owner", 1), date(2026, 11, 2), datetime(2026, 11, 1, 7, tzinfo=UTC)),
        (Notice(OVERDUE, "owner", 0), date(2026, 11, 1), datetime(2026, 11, 2, 8, tzinfo=UTC)),
    ],
)
def test_a_step_is_due_at_local_midnight(notice: Notice, due_on: date, at: datetime) -> None:
    assert notice.at(due_on) == at


def test_the_order_of_steps_is_the_order_of_their_instants() -> None:
    steps = [
        Notice(DUE_SOON, "owner", 3),
        Notice(DUE_SOON, "owner", 0),
        Notice(OVERDUE, "owner", 0),
        Notice(OVERDUE, "owner", 1),
    ]
    shuffled = steps[::-1]

    by_instant = sorted(shuffled, key=lambda each: each.at(date(2026, 12, 1)))
    by_order = sorted(shuffled, key=lambda each: each.order)

    assert by_instant == by_order == steps
