"""JSON that no request needs is refused by its place, however much of it there is."""

import pytest

from shared.http.json_bodies import faults_of_body


def _told(body: bytes) -> list[tuple[tuple[str | int, ...], str]]:
    return [(fault["loc"], fault["msg"]) for fault in faults_of_body(body)]


@pytest.mark.parametrize("depth", [51, 300, 950, 1_000, 1_024, 100_000])
def test_nesting_beyond_fifty_is_refused(depth: int) -> None:
    assert len(_told(b"[" * depth + b"]" * depth)) == 1


def test_nesting_as_deep_as_fifty_is_read() -> None:
    assert _told(b'{"a":' * 49 + b"[1]" + b"}" * 49) == []


def test_the_place_that_is_too_deep_is_named() -> None:
    assert _told(b'{"a":' + b"[" * 50 + b"]" * 50 + b"}") == [
        (("body", "a", *[0] * 49), "is nested more than 50 levels deep")
    ]


def test_places_are_told_in_the_order_of_the_body() -> None:
    assert _told(b'{"a": ["x", "\\u0000"], "b\\u0000": {"c": "\\u0000"}}') == [
        (("body",), "contains a name with a null character"),
        (("body", "a", 1), "must not contain a null character"),
        (("body", "b\0", "c"), "must not contain a null character"),
    ]


def test_a_name_that_comes_twice_is_refused() -> None:
    assert _told(b'{"person": {"ssn": "1", "name": "x", "ssn": "2"}}') == [
        (("body",), "contains the name ssn twice in one object")
    ]


def test_one_name_in_two_objects_is_read() -> None:
    assert _told(b'[{"ssn": "1"}, {"ssn": "2"}]') == []


def test_only_the_first_faults_are_told_by_their_place() -> None:
    told = _told(b'["' + b'\\u0000","' * 10_000 + b'"]')

    assert len(told) == 10_000
    assert told[19][0] == ("body", 19)
    assert {place for place, _ in told[20:]} == {("body",)}
