"""Another first day of a renewal or an upgrade changes nothing of what went before it."""

from datetime import date

import pytest

from certification.domain.applications import Kind, Level
from certification.domain.certifications import Certification
from certification.domain.standings import Standing, Status
from certification.domain.succession import refuse_moved_start
from shared.errors import ConflictError
from shared.identifiers import new_id

FIRST, TAKEN_ON, BEGAN = date(2025, 1, 1), date(2026, 11, 20), date(2027, 1, 1)
FOLLOWED = Certification(
    id=new_id(),
    application_id=new_id(),
    decision_id=new_id(),
    kind=Kind.PROVIDER,
    holder_id=new_id(),
    level=Level.ASSOCIATE,
    number="PRV-000001",
    effective_from=FIRST,
    effective_until=date(2027, 3, 1),
)


def _refused(standings: list[Standing], begins: date) -> ConflictError:
    with pytest.raises(ConflictError) as refused:
        refuse_moved_start(FOLLOWED, standings, BEGAN, begins)
    return refused.value


def test_what_replaced_another_early_does_not_begin_later() -> None:
    replaced = [Standing(Status.CERTIFIED, FIRST, BEGAN), Standing(Status.REPLACED, BEGAN, None)]

    refused = _refused(replaced, date(2027, 1, 2))

    assert (refused.code, refused.members["effective_on"]) == ("replaced-before", "2027-01-01")
    assert refused.members["certification_id"] == str(FOLLOWED.id)
    refuse_moved_start(FOLLOWED, replaced, BEGAN, BEGAN)


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.REVOKED, Status.SURRENDERED])
@pytest.mark.parametrize("until", [None, date(2026, 12, 20)])
def test_nothing_begins_while_the_one_before_is_taken_from_its_holder(
    status: Status, until: date | None
) -> None:
    taken = [Standing(Status.CERTIFIED, FIRST, TAKEN_ON), Standing(status, TAKEN_ON, until)]

    refused = _refused(taken, date(2026, 12, 19))

    assert refused.code == f"{status}-certification"
    assert refused.members["certification_status"] == status.value


def test_it_may_begin_from_the_day_on_which_the_one_before_was_reinstated() -> None:
    reinstated = [
        Standing(Status.CERTIFIED, FIRST, TAKEN_ON),
        Standing(Status.SUSPENDED, TAKEN_ON, date(2026, 12, 20)),
        Standing(Status.CERTIFIED, date(2026, 12, 20), BEGAN),
        Standing(Status.REVOKED, BEGAN, None),
    ]

    refuse_moved_start(FOLLOWED, reinstated, BEGAN, date(2026, 12, 20))
