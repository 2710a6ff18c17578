"""The objects that an application's routes work with: one frozen record, made at start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from fastapi import Request

from shared.database.database import Database
from shared.http.idempotency import RecordedRights, nothing_recorded
from shared.process.health import Check
from shared.security.personal_fields import PersonalFields
from shared.security.tokens import Authenticator
from shared.visibility.known_cases import KnownCases


@dataclass(frozen=True, kw_only=True)
class RouteParts:
    """What every route needs; features and services extend it with their own."""

    database: Database
    authenticator: Authenticator
    personal_fields: PersonalFields
    checks: Mapping[str, Check] = field(default_factory=dict)
    cases: KnownCases = field(default_factory=KnownCases)
    recorded_rights: RecordedRights = nothing_recorded


Parts = TypeVar("Parts", bound=RouteParts)


def parts_of(request: Request, kind: type[Parts]) -> Parts:
    """The application's parts; raises TypeError if the application lacks parts of this class."""
    parts = request.app.state.parts
    if not isinstance(parts, kind):
        raise TypeError(f"the application has no {kind.__name__}")
    return parts
