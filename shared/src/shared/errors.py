"""The reasons for refusals, independent of HTTP; `shared.http.problems` maps them to responses.

    CasombError
    ├── InvalidInputError       what was sent is wrong: a code, a date, an unknown county
    │   └── TooLargeError       what was sent exceeds a size limit
    ├── NotFoundError           it does not exist, or the caller may not see it
    │   └── GoneError           it existed and is no longer kept
    ├── ConflictError           the current state does not allow it
    │   └── StaleVersionError   the caller has read an older version
    ├── RuleBrokenError         a legal or professional rule forbids it; names rule and citation
    ├── NotAllowedError         the caller may not do this
    └── UnavailableError        not possible now; trying again may succeed
        └── NotYetKnownError    an event that this depends on has not arrived yet

In a consumer, a message with an UnavailableError waits; with any other error it is dead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WHOLE = ""
"""`Fault.field` when the fault concerns the whole request, not one field."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the field's name (`items.fee`), and what is wrong with it.

    In an answer the route adds where the field was sent (`body.items.fee`, `query.after`). A field
    that a rule requires but that is not in the request keeps its name (`scorer_credential`).
    """

    field: str
    message: str


class CasombError(Exception):
    """The root of all refusals: a stable code, and a message that a person can act on."""

    def __init__(
        self,
        detail: str,
        *,
        code: str,
        rule: str | None = None,
        citation: str | None = None,
        faults: Sequence[Fault] = (),
        members: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        self.rule = rule
        self.citation = citation
        self.faults = tuple(faults)
        self.members = dict(members or {})
        """Values that a program needs to act on this refusal, by name."""


class InvalidInputError(CasombError):
    """The request has the right shape but a wrong value."""


class TooLargeError(InvalidInputError):
    """The request is larger than allowed."""


class NotFoundError(CasombError):
    """It does not exist, or the caller may not see it."""


class GoneError(NotFoundError):
    """It existed but is no longer stored."""


class ConflictError(CasombError):
    """The current state does not allow this."""


class StaleVersionError(ConflictError):
    """The caller would change a version that is no longer current."""


class RuleBrokenError(CasombError):
    """A rule of law does not allow this."""


class NotAllowedError(CasombError):
    """The caller may not do this."""


class UnavailableError(CasombError):
    """It cannot be done at the moment; trying again may succeed."""


class NotYetKnownError(UnavailableError):
    """Something that this depends on has not arrived here yet."""
