"""Why something is refused, said without HTTP; `shared.http.problems` maps it to an answer.

    CasombError
    ├── InvalidInputError       what was sent is wrong: a code, a date, an unknown county
    │   └── TooLargeError       what was sent is larger than what is taken
    ├── NotFoundError           there is none, or it is not the asker's to see
    │   └── GoneError           there was one, and it is no longer kept
    ├── ConflictError           the state of the thing refuses
    │   └── StaleVersionError   the asker has seen an older version of it
    ├── RuleBrokenError         a rule of the field refuses; names it and its citation
    ├── NotAllowedError         the asker may not do this
    └── UnavailableError        not just now; trying again may succeed
        └── NotYetKnownError    something this depends on has not arrived yet

A consumer asks one question: is it an UnavailableError? Then the message waits; else it is dead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WHOLE = ""
"""`Fault.field` when the fault concerns the whole request, not one field."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the field's name (`items.fee`), and what is wrong with it.

    In an answer the route adds where the field was sent (`body.items.fee`, `query.after`). A field
    that a rule requires and that is no part of the request keeps its name (`scorer_credential`).
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
