"""When a certification holds, from its term and all that was told of it since."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from shared.credentials.changes import ChangeKind, CredentialChange
from shared.credentials.spans import spans
from shared.law.validity import Validity, lapse

TERM = Validity(date(2026, 1, 1), date(2028, 1, 1))
CERTIFICATION = UUID(int=1)
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def suspended(on: date) -> CredentialChange:
    return CredentialChange(uuid4(), CERTIFICATION, ChangeKind.SUSPENDED, on)


def reinstated(on: date) -> CredentialChange:
    return CredentialChange(uuid4(), CERTIFICATION, ChangeKind.REINSTATED, on)


def ended(on: date, because: str) -> CredentialChange:
    return CredentialChange(uuid4(), CERTIFICATION, ChangeKind.ENDED, on, because)


def corrected(first: date, until: date) -> CredentialChange:
    term = Validity(first, until)
    return CredentialChange(uuid4(), CERTIFICATION, ChangeKind.CORRECTED, term=term)


def holds(changes: list[CredentialChange], on: date) -> bool:
    return any(span.holds(on) for span in spans(TERM, changes))


def test_what_nothing_happened_to_holds_for_its_term() -> None:
    assert spans(TERM, []) == (TERM,)


def test_a_suspension_interrupts_until_the_reinstatement() -> None:
    changes = [suspended(MAY), reinstated(JUNE)]

    days = (date(2026, 4, 30), MAY, date(2026, 5, 31), JUNE)

    assert [holds(changes, day) for day in days] == [True, False, False, True]
    assert lapse(spans(TERM, changes), date(2026, 5, 15)) == (
        "since 2026-05-01, when it was suspended"
    )


def test_a_suspension_that_nobody_lifts_lasts_beyond_the_term() -> None:
    found = spans(TERM, [suspended(MAY)])

    assert lapse(found, date(2029, 1, 1)) == "since 2026-05-01, when it was suspended"


def test_what_is_revoked_while_it_is_suspended_is_named_as_revoked() -> None:
    found = spans(TERM, [suspended(MAY), ended(JUNE, "revoked")])

    assert lapse(found, MAY) == "since 2026-05-01, when it was suspended"
    assert lapse(found, JUNE) == "since 2026-06-01, when it was revoked"


def test_what_is_revoked_on_the_day_of_its_suspension_is_named_as_revoked() -> None:
    found = spans(TERM, [suspended(MAY), ended(MAY, "revoked")])

    assert lapse(found, MAY) == "since 2026-05-01, when it was revoked"


def test_an_ending_is_final() -> None:
    changes = [ended(MAY, "surrendered"), reinstated(JUNE)]

    assert not holds(changes, JULY)


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2027, 1, 1)])
def test_a_void_certification_never_held(on: date) -> None:
    found = spans(TERM, [ended(JULY, "voided")])

    assert lapse(found, on) == "since 2026-01-01, when it was voided"


def test_an_expiry_told_changes_no_day_and_needs_no_word() -> None:
    told = ended(TERM.effective_until, "expired")

    (span,) = spans(TERM, [told])

    assert (span.effective_from, span.effective_until) == (TERM.effective_from, date(2028, 1, 1))
    assert span.ending is not None
    assert span.ending.fact_id == told.fact_id
    assert lapse([span], date(2028, 2, 1)) == "since 2028-01-01"


def test_a_term_corrected_after_its_expiry_holds_longer() -> None:
    changes = [
        ended(TERM.effective_until, "expired"),
        corrected(date(2026, 1, 1), date(2028, 6, 1)),
    ]

    assert holds(changes, date(2028, 5, 31))


def test_a_term_corrected_to_begin_later_did_not_hold_before() -> None:
    found = spans(TERM, [corrected(MAY, date(2028, 5, 1))])

    assert lapse(found, date(2026, 3, 1)) == "since 2026-01-01, when it was corrected"
    assert lapse(found, MAY) is None


def test_a_shortened_term_says_that_it_was_corrected() -> None:
    found = spans(TERM, [corrected(date(2026, 1, 1), JUNE)])

    assert lapse(found, JUNE) == "since 2026-06-01, when it was corrected"


def test_a_correction_told_again_under_another_id_changes_nothing() -> None:
    once = corrected(date(2026, 1, 1), JUNE)

    again = spans(TERM, [once, corrected(date(2026, 1, 1), JUNE)])

    assert again == spans(TERM, [once])


def test_a_term_corrected_back_has_no_end_to_tell_of() -> None:
    changes = [corrected(date(2026, 1, 1), JUNE), corrected(date(2026, 1, 1), date(2028, 1, 1))]

    assert spans(TERM, changes) == (TERM,)


def test_a_correction_leaves_a_suspension_as_it_is() -> None:
    changes = [suspended(MAY), corrected(date(2026, 2, 1), date(2028, 2, 1))]

    days = (date(2026, 1, 15), date(2026, 4, 1), JULY)

    assert [holds(changes, day) for day in days] == [False, True, False]


def test_what_is_told_of_days_beyond_the_term_changes_nothing() -> None:
    assert spans(TERM, [ended(TERM.effective_until, "renewed")]) == (TERM,)


def test_changes_are_taken_by_their_days_and_not_by_their_order() -> None:
    changes = [suspended(JULY), ended(date(2026, 9, 1), "revoked"), reinstated(date(2026, 8, 1))]

    days = (date(2026, 7, 15), date(2026, 8, 15), date(2026, 9, 15))

    assert [holds(changes, day) for day in days] == [False, True, False]
