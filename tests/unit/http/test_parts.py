"""A route gets the application's parts, or is told which the application lacks."""

from types import SimpleNamespace
from typing import cast

import pytest
from fastapi import Request

from shared.http.parts import RouteParts, parts_of


class PartsOfDuties(RouteParts):
    """The parts of a feature that the application of this test lacks."""


def test_an_application_without_a_feature_s_parts_is_named_as_such() -> None:
    state = SimpleNamespace(parts=object())
    request = cast("Request", SimpleNamespace(app=SimpleNamespace(state=state)))

    with pytest.raises(TypeError, match="the application has no PartsOfDuties"):
        parts_of(request, PartsOfDuties)
