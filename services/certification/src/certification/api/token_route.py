"""Answers that give an applicant the status token: it is said once, and stored nowhere."""

from collections.abc import Collection
from typing import Annotated, ClassVar

from pydantic import Field

from shared.http.routes import GuardedRoute

SaidToken = Annotated[
    str | None,
    Field(
        description=(
            "Shows this file's status without sign-in; said once. null where a request is "
            "repeated under its Idempotency-Key: ask for a new one (`renew_status_token`)."
        )
    ),
]


class TokenRoute(GuardedRoute):
    """A route whose answer may be stored for its key, but for the token."""

    said_once: ClassVar[Collection[str]] = ("status_token",)
