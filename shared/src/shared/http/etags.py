"""ETags: the version of a resource, so that nobody overwrites a change they have not seen.

Proxies that compress may add a suffix to a tag or make it weak. The version is the same, so the
known suffixes are removed. Otherwise callers behind such a proxy could change nothing.
"""

import re
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from shared.http.problems import PreconditionFailedError, PreconditionRequiredError
from shared.versions import Seen

HEADER = "If-Match"
MOST_VERSIONS = 10
_MARK = r"(?:--?|;)(?:gzip|br|zstd|deflate|df)"
_TAG = re.compile(rf'(?:W/)?"([0-9]{{1,18}})(?:{_MARK})?"')


def set_etag(response: Response, version: int) -> None:
    """Set the version as a strong ETag of the answer."""
    response.headers["ETag"] = f'"{version}"'


async def read_if_match(request: Request) -> Seen | None:
    """The versions in If-Match; None if the header is missing or is `*`."""
    given = ",".join(request.headers.getlist(HEADER)).strip()
    if not given or given == "*":
        return None
    found = [_TAG.fullmatch(each.strip()) for each in given.split(",", MOST_VERSIONS)]
    versions = [int(each.group(1)) for each in found if each is not None]
    if len(versions) != len(found):
        raise PreconditionFailedError('If-Match must contain ETags of this service, such as "3".')
    return frozenset(versions)


async def require_if_match(seen: Annotated[Seen | None, Depends(read_if_match)]) -> Seen:
    """The versions in If-Match; raises PreconditionRequiredError if the header is missing."""
    if seen is None:
        raise PreconditionRequiredError
    return seen


SeenVersion = Annotated[Seen | None, Depends(read_if_match)]
RequiredVersion = Annotated[Seen, Depends(require_if_match)]
