"""What may follow a certification, when a denial may be appealed, what a document must be."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from certification.domain.appeals import Appeal, AppealOutcome, decided, refuse_appeal
from certification.domain.applications import Kind, Level, Purpose
from certification.domain.certifications import Certification
from certification.domain.decisions import Decision, Outcome
from certification.domain.deficiencies import Deficiency, DeficiencyItem, refuse_abandonment
from certification.domain.documents import Content, Document, Review, reviewed, stored
from certification.domain.standings import Standing, Status
from certification.domain.succession import begins_on, refuse_succession
from shared.errors import ConflictError, InvalidInputError
from shared.identifiers import new_id

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
HELD = Certification(
    id=new_id(),
    application_id=new_id(),
    decision_id=new_id(),
    kind=Kind.PROVIDER,
    holder_id=new_id(),
    level=Level.ASSOCIATE,
    number="PRV-000001",
    effective_from=date(2025, 1, 1),
    effective_until=date(2027, 1, 1),
)
DENIAL = Decision(
    new_id(), new_id(), Outcome.DENIED, ("why",), (), TODAY, NOW, "a reviewer", {}, None
)
APPEAL = Appeal(new_id(), DENIAL.application_id, DENIAL.id, TODAY, "the log was there")
DOCUMENT = Document(new_id(), new_id(), "fee", NOW)
CONTENT = Content("a" * 64, 3, "application/pdf")


def _standing(status: Status) -> list[Standing]:
    return [Standing(status, date(2025, 1, 1), None)]


@pytest.mark.parametrize("status", [Status.CERTIFIED, Status.SUSPENDED, Status.EXPIRED])
def test_a_renewal_follows_what_may_still_be_renewed(status: Status) -> None:
    refuse_succession(Purpose.RENEWAL, HELD, _standing(status), Level.ASSOCIATE, TODAY)


@pytest.mark.parametrize(
    ("purpose", "status"),
    [
        (Purpose.RENEWAL, Status.REVOKED),
        (Purpose.RENEWAL, Status.SURRENDERED),
        (Purpose.RENEWAL, Status.REPLACED),
        (Purpose.UPGRADE, Status.SUSPENDED),
        (Purpose.UPGRADE, Status.EXPIRED),
    ],
)
def test_what_its_status_does_not_allow_is_refused_by_name(
    purpose: Purpose, status: Status
) -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_succession(purpose, HELD, _standing(status), Level.INDEPENDENT, TODAY)

    assert refused.value.code == f"{status}-certification"


@pytest.mark.parametrize(
    ("purpose", "held", "asked"),
    [
        (Purpose.RENEWAL, Level.ASSOCIATE, Level.INDEPENDENT),
        (Purpose.UPGRADE, Level.ASSOCIATE, Level.ASSOCIATE),
        (Purpose.UPGRADE, Level.ASSOCIATE, Level.STUDENT),
        (Purpose.UPGRADE, None, None),
    ],
)
def test_a_level_at_odds_with_what_is_followed_is_refused(
    purpose: Purpose, held: Level | None, asked: Level | None
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        refuse_succession(
            purpose, replace(HELD, level=held), _standing(Status.CERTIFIED), asked, TODAY
        )

    assert refused.value.code == "level-at-odds"


def test_an_upgrade_rises() -> None:
    refuse_succession(Purpose.UPGRADE, HELD, _standing(Status.CERTIFIED), Level.INDEPENDENT, TODAY)


def test_a_renewal_in_time_takes_over_and_a_late_one_leaves_its_gap() -> None:
    late = date(2027, 3, 15)

    assert begins_on(Purpose.RENEWAL, HELD, None, TODAY) == HELD.effective_until
    assert begins_on(Purpose.RENEWAL, HELD, None, late) == late
    assert begins_on(Purpose.UPGRADE, HELD, None, TODAY) == TODAY
    assert begins_on(Purpose.UPGRADE, HELD, late, TODAY) == late


def test_a_denial_may_be_appealed_until_the_last_day_of_its_window() -> None:
    refuse_appeal(DENIAL, 30, date(2026, 12, 20))

    with pytest.raises(ConflictError) as refused:
        refuse_appeal(DENIAL, 30, date(2026, 12, 21))
    assert refused.value.members == {"appeal_open_until": "2026-12-20"}


@pytest.mark.parametrize("decision", [None, replace(DENIAL, outcome=Outcome.GRANTED)])
def test_only_a_denial_is_appealed(decision: Decision | None) -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_appeal(decision, 30, TODAY)

    assert refused.value.code == "no-denial"


def test_an_appeal_is_decided_once() -> None:
    upheld = decided(APPEAL, AppealOutcome.UPHELD, ("as before",), at=NOW, by="a manager")

    with pytest.raises(ConflictError) as refused:
        decided(upheld, AppealOutcome.REVERSED, ("anew",), at=NOW, by="a manager")

    assert upheld.outcome is AppealOutcome.UPHELD
    assert refused.value.code == "appeal-decided"
    assert refused.value.members == {"decided_by": "a manager", "decided_at": NOW.isoformat()}


def test_an_item_is_returned_for_a_reason_and_then_counts_no_longer() -> None:
    returned = reviewed(DOCUMENT, Review.RETURNED, "unreadable", at=NOW, by="a reviewer")
    accepted = reviewed(DOCUMENT, Review.ACCEPTED, None, at=NOW, by="a reviewer")

    assert (returned.counts, accepted.counts) == (False, True)
    for review in (Review.RETURNED, Review.RECEIVED):
        with pytest.raises(InvalidInputError):
            reviewed(DOCUMENT, review, None, at=NOW, by="a reviewer")


def test_bytes_of_another_hash_than_promised_are_refused_by_name() -> None:
    promised = replace(DOCUMENT, content=CONTENT)

    assert stored(promised, CONTENT, NOW).content_at == NOW
    assert stored(DOCUMENT, CONTENT, NOW).content == CONTENT
    with pytest.raises(ConflictError) as refused:
        stored(promised, replace(CONTENT, sha256="b" * 64), NOW)
    assert refused.value.code == "other-hash"


def _notice(cured_on: date | None) -> Deficiency:
    item = DeficiencyItem("fee", "missing", cured_on)
    return Deficiency(new_id(), new_id(), TODAY, date(2026, 12, 20), (item,))


@pytest.mark.parametrize(
    ("on", "cured_on"), [(date(2026, 12, 20), None), (date(2026, 12, 21), TODAY)]
)
def test_a_file_whose_answer_is_not_overdue_is_not_abandoned(
    on: date, cured_on: date | None
) -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_abandonment([_notice(cured_on)], on)

    assert refused.value.code == "answer-not-overdue"


def test_a_file_is_abandoned_after_the_day_its_answer_was_due() -> None:
    refuse_abandonment([_notice(None)], date(2026, 12, 21))
