"""A limit is one asker's alone, begins anew, and says when to come back."""

import pytest
from fastapi import HTTPException

from shared.http.rate_limits import MinuteLimit, OnceLimit


def test_the_minute_begins_anew_and_the_refusal_says_when() -> None:
    seconds = [0.0]
    limit = MinuteLimit(2, lambda: seconds[0])
    limit.count("one", "one reader")
    limit.count("one", "one reader")
    limit.count("another", "one reader")
    seconds[0] = 20.5

    with pytest.raises(HTTPException) as refused:
        limit.count("one", "one reader")
    seconds[0] = 60.0
    limit.count("one", "one reader")

    assert refused.value.status_code == 429
    assert refused.value.headers == {"Retry-After": "40"}
    assert refused.value.detail == "at most 2 requests per minute are allowed from one reader"


def test_what_is_under_way_counts_until_it_ends_however_it_ends() -> None:
    limit = OnceLimit(1)

    with (
        pytest.raises(ZeroDivisionError),
        limit.held("one", "one reader"),
        limit.held("another", "one reader"),
    ):
        with pytest.raises(HTTPException):
            limit.held("one", "one reader").__enter__()
        raise ZeroDivisionError

    with limit.held("one", "one reader"):
        pass
