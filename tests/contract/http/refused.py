"""Requests that are to be refused, asked one after another: every one that is not is named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from contract.http.api_services import SERVICES
from contract.http.asking import Api, assert_problem
from contract.http.operations import Operation

EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)


@dataclass(frozen=True)
class Wrong:
    """A request with something wrong in it, and the refusal that it must get."""

    operation: Operation
    words: str
    """What is wrong, for whoever reads the failure."""
    sent: Mapping[str, Any]
    """What `Api.ask` is given beside the operation."""
    status: int = 422
    names: str | None = None
    """The field that the refusal must name."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What the head of the refusal must hold."""
    code: str | None = None
    """The code that its `type` must end with."""

    def __str__(self) -> str:
        """Its name in a failure."""
        return f"{self.operation}, {self.words}"


async def assert_refused(api: Api, requests: Iterable[Wrong]) -> None:
    """Send each; fail with every one that was not refused as it must be, or if any wrote a row."""
    asked = 0
    answered_otherwise = []
    for wrong in requests:
        asked += 1
        try:
            await _assert_refused(api, wrong)
        except Exception as otherwise:  # noqa: BLE001 - whatever it is, the other requests are asked
            answered_otherwise.append(f"{wrong}: {type(otherwise).__name__}: {otherwise}")

    assert asked, "no request was asked"
    assert not answered_otherwise, "\n".join(["not refused as it must be:", *answered_otherwise])
    await api.assert_nothing_written()


async def _assert_refused(api: Api, wrong: Wrong) -> None:
    answer = await api.ask(wrong.operation, **wrong.sent)

    assert_problem(answer, wrong.status, wrong.names)
    assert wrong.headers.items() <= dict(answer.headers).items()
    if wrong.code is not None:
        assert answer.json()["type"] == f"urn:casomb:problem:{wrong.code}"
