"""A traceparent is taken in W3C's form or dropped: it reaches every event and so every partner."""

import pytest

from shared.trace_context import read_traceparent

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.mark.parametrize("version", ["00", "01", "fe"])
def test_the_form_of_w3c_is_taken(version: str) -> None:
    text = f"{version}-{TRACE}-{PARENT}-01"

    assert read_traceparent(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "SSN 987-65-4321 of Zqx Victim, born 1971-07-11",
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
        f"01-{TRACE}-{PARENT}-01-Zqx",
        f"00-{TRACE}-{PARENT}-01\n",
        f"00-{TRACE}-{PARENT}",
        "",
        None,
    ],
)
def test_anything_else_is_dropped(text: str | None) -> None:
    assert read_traceparent(text) is None
