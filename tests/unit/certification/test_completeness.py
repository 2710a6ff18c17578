"""Completeness and deficiencies: what is missing is named, what is there cannot be."""

from datetime import date

import pytest

from certification.domain.applications import Kind
from certification.domain.checklists import Checklist
from certification.domain.completeness import (
    missing,
    refuse_incomplete,
    refuse_present,
    refuse_unknown,
)
from certification.domain.deficiencies import (
    DEFAULT_REASON,
    Deficiency,
    DeficiencyItem,
    cured,
    lacking,
)
from shared.errors import ConflictError, InvalidInputError
from shared.identifiers import new_id

CHECKLIST = Checklist(
    "program-2011", Kind.PROGRAM, None, date(2011, 8, 1), "a page", ("form", "list", "fee")
)
TODAY = date(2026, 11, 20)


def notice(*items: DeficiencyItem) -> Deficiency:
    return Deficiency(new_id(), new_id(), date(2026, 11, 1), date(2026, 12, 1), items)


def test_missing_items_come_in_the_order_of_the_checklist() -> None:
    assert missing(CHECKLIST, {"list"}) == ("form", "fee")


def test_an_incomplete_application_is_refused_with_each_missing_item() -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_incomplete(CHECKLIST, {"form"})

    assert [fault.field for fault in refused.value.faults] == ["documents.list", "documents.fee"]


def test_an_application_with_every_item_is_complete() -> None:
    refuse_incomplete(CHECKLIST, {"form", "list", "fee"})


def test_an_item_that_the_checklist_does_not_have_is_refused_by_its_place() -> None:
    with pytest.raises(InvalidInputError) as refused:
        refuse_unknown(CHECKLIST, {"fee": "documents.fee", "tea": "documents.tea"})

    assert [fault.field for fault in refused.value.faults] == ["documents.tea"]


def test_items_of_the_checklist_are_taken() -> None:
    refuse_unknown(CHECKLIST, {"fee": "documents.fee"})


def test_an_item_is_received_once() -> None:
    refuse_present("fee", {"form"})

    with pytest.raises(ConflictError, match="fee has already been received"):
        refuse_present("fee", {"fee"})


def test_a_notice_without_named_items_names_all_that_are_missing() -> None:
    items = lacking(CHECKLIST, {"form"}, {})

    assert items == (DeficiencyItem("list", DEFAULT_REASON), DeficiencyItem("fee", DEFAULT_REASON))


def test_a_notice_keeps_the_reason_given_for_an_item() -> None:
    items = lacking(CHECKLIST, set(), {"fee": "the check was not signed"})

    assert items == (DeficiencyItem("fee", "the check was not signed"),)


def test_a_notice_about_an_item_that_is_there_is_refused_by_its_place() -> None:
    with pytest.raises(ConflictError) as refused:
        lacking(CHECKLIST, {"fee"}, {"list": "?", "fee": "?"})

    assert [fault.field for fault in refused.value.faults] == ["items.1.item"]


def test_a_notice_about_an_item_off_the_checklist_is_refused_by_its_place() -> None:
    with pytest.raises(InvalidInputError) as refused:
        lacking(CHECKLIST, set(), {"fee": "?", "tea": "?"})

    assert [fault.field for fault in refused.value.faults] == ["items.1.item"]


def test_where_nothing_is_missing_there_is_no_notice() -> None:
    with pytest.raises(ConflictError, match="nothing is missing"):
        lacking(CHECKLIST, {"form", "list", "fee"}, {})


def test_each_item_is_cured_on_its_own() -> None:
    sent = notice(DeficiencyItem("list", "?"), DeficiencyItem("fee", "?"))

    result = cured([sent], "fee", TODAY)

    assert result is not None
    assert [each.cured_on for each in result.items] == [None, TODAY]
    assert not result.is_cured


def test_a_notice_is_cured_with_its_last_item() -> None:
    sent = notice(DeficiencyItem("list", "?", date(2026, 11, 10)), DeficiencyItem("fee", "?"))

    result = cured([sent], "fee", TODAY)

    assert result is not None
    assert result.is_cured


def test_an_item_that_no_open_notice_names_cures_nothing() -> None:
    old = notice(DeficiencyItem("fee", "?", date(2026, 11, 10)))

    assert cured([old, notice(DeficiencyItem("list", "?"))], "fee", TODAY) is None
