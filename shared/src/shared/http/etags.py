"""ETags: the version of a thing, so that nobody changes what they have not seen."""

import re
from typing import Annotated

from fastapi import Depends, Header
from starlette.responses import Response

from shared.http.problems import PreconditionFailedError, PreconditionRequiredError

_TAG = re.compile(r'(?:W/)?"([0-9]{1,18})"')


def set_etag(response: Response, version: int) -> None:
    """Answer with the version as a strong tag."""
    response.headers["ETag"] = f'"{version}"'


async def read_if_match(if_match: Annotated[str | None, Header()] = None) -> int | None:
    """The version the caller has seen; None where it names none (or any, by `*`)."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise PreconditionFailedError(f"If-Match {if_match} is no ETag of this service")
    return int(found.group(1))


async def require_if_match(version: Annotated[int | None, Depends(read_if_match)]) -> int:
    """The same, where a change must name the version."""
    if version is None:
        raise PreconditionRequiredError
    return version


SeenVersion = Annotated[int | None, Depends(read_if_match)]
RequiredVersion = Annotated[int, Depends(require_if_match)]
