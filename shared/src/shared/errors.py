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
"""The field of a fault that lies in no single field."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the field by its name (`items.fee`), and what is wrong there.

    In an answer the route puts before it where it was sent (`body.items.fee`, `query.after`); what
    a rule misses that was not sent at all keeps its own name (`scorer_credential`).
    """

    field: str
    message: str


class CasombError(Exception):
    """The root: something was refused, with a stable code and words a person can act on."""

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
        """What a program needs to act on this refusal, by name."""


class InvalidInputError(CasombError):
    """What was sent has the right shape and a wrong value."""


class TooLargeError(InvalidInputError):
    """What was sent is larger than what is taken."""


class NotFoundError(CasombError):
    """There is no such thing, or none that the asker may see."""


class GoneError(NotFoundError):
    """There was such a thing; it is no longer kept."""


class ConflictError(CasombError):
    """The thing is not in a state that allows this."""


class StaleVersionError(ConflictError):
    """The asker would change a version that no longer stands."""


class RuleBrokenError(CasombError):
    """A rule of the field does not allow this."""


class NotAllowedError(CasombError):
    """The asker may not do this."""


class UnavailableError(CasombError):
    """It cannot be done just now; trying again may succeed."""


class NotYetKnownError(UnavailableError):
    """Something this depends on has not arrived here yet."""
