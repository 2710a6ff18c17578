"""Conflicts of interest: nobody decides matters in which they have an interest.

Most interests are found in this system's own records; the others must be declared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.errors import NotAllowedError


class Interest(StrEnum):
    """Why a person is barred.

    `applicant`: their own application. `holder`: their own certification. `same-program`: they work
    in or represent the same program. `supervision-agreement`: they supervise or are supervised by
    one of the parties. `declared`: they or a manager declared it.
    """

    APPLICANT = "applicant"
    HOLDER = "holder"
    SAME_PROGRAM = "same-program"
    SUPERVISION_AGREEMENT = "supervision-agreement"
    DECLARED = "declared"


Interests = Mapping[UUID, tuple[Interest, ...]]
"""The persons barred, by the ID of an account, a provider or a program, and the reasons."""


@dataclass(frozen=True)
class Stake:
    """The party to a matter: a provider or program, and the account that applied for it.

    `applicant_id` is None if only the provider or program is known.
    """

    holder_id: UUID
    applicant_id: UUID | None = None


def refuse_interested(interests: Interests, identities: Iterable[UUID | None]) -> None:
    """Raise NotAllowedError if one of a person's IDs has an interest."""
    for identity in identities:
        if identity is not None and identity in interests:
            raise barred(interests[identity])


def barred(because: tuple[Interest, ...]) -> NotAllowedError:
    """Return the error for a person with these interests."""
    return NotAllowedError(
        f"a conflict of interest bars this person from the matter: {', '.join(because)}",
        code="conflict-of-interest",
        members={"because": [each.value for each in because]},
    )
