"""Refusal of repeated new applications: an account applies once for the same certification.

Two new applications of one account are the same if they are for a provider, or for a program, with
the same name. An office may apply for each of its providers. An account that wants another one with
the same name must give a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from certification.domain.applications import Kind
from shared.errors import ConflictError
from shared.identity.names import fold_organization_name, fold_person_name

BUT_ANOTHER = "to apply again, set `another` to true and send `another_reason`"


@dataclass(frozen=True)
class AppliedFor:
    """An open application of the account, including drafts."""

    application_id: UUID
    name: str


@dataclass(frozen=True)
class HeldAlready:
    """A certification of the account that is valid, suspended or begins later."""

    certification_id: UUID
    number: str
    name: str


def refuse_repeated(
    kind: Kind, name: str, *, under_way: Iterable[AppliedFor], held: Iterable[HeldAlready]
) -> None:
    """Raise ConflictError that names the existing application or certification."""
    for first in under_way:
        if _is_same(kind, name, first.name):
            raise ConflictError(
                f"this account has already applied for this {kind} in application "
                f"{first.application_id}, which is not decided yet; {BUT_ANOTHER}",
                code="applied-already",
                members={"application_id": str(first.application_id)},
            )
    for each in held:
        if _is_same(kind, name, each.name):
            raise ConflictError(
                f"this {kind} is already certified as {each.number}; apply for its renewal or "
                f"upgrade; {BUT_ANOTHER}",
                code="certified-already",
                members={"certification_id": str(each.certification_id), "number": each.number},
            )


def _is_same(kind: Kind, name: str, other: str) -> bool:
    fold = fold_person_name if kind is Kind.PROVIDER else fold_organization_name
    return fold(name) == fold(other)
