"""Who has an interest in a file or a certification, and why: nobody decides their own matters.

What this system records itself is enough to see most of it; the rest is declared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.errors import NotAllowedError


class Interest(StrEnum):
    """Why somebody is barred."""

    APPLICANT = "applicant"
    HOLDER = "holder"
    SAME_PROGRAM = "same-program"
    SUPERVISION_AGREEMENT = "supervision-agreement"
    DECLARED = "declared"


Interests = Mapping[UUID, tuple[Interest, ...]]
"""Whoever is barred, by the id of an account, a provider or a program, and why."""


@dataclass(frozen=True)
class Stake:
    """Whose matter it is: a provider or program, and the account that applied for it.

    `applicant_id` is None where only the provider or program is known.
    """

    holder_id: UUID
    applicant_id: UUID | None = None


def refuse_interested(interests: Interests, identities: Iterable[UUID | None]) -> None:
    """Raise NotAllowedError where somebody has an interest, under whichever id of theirs."""
    for identity in identities:
        if identity is not None and identity in interests:
            raise barred(interests[identity])


def barred(because: tuple[Interest, ...]) -> NotAllowedError:
    """What is said to, or of, somebody with an interest."""
    return NotAllowedError(
        f"a conflict of interest bars this person from the matter: {', '.join(because)}",
        code="conflict-of-interest",
        members={"because": [each.value for each in because]},
    )
