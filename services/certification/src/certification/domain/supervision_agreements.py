"""Supervision agreements: an associate or student works under a certified provider.

Both sign. When the supervisor's certification ends, the Board is told about every supervisee.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification.domain.span_ends import end_of
from certification.domain.standings import Standing, Status, standing_on
from shared.errors import ConflictError, Fault, InvalidInputError


@dataclass(frozen=True)
class SupervisionAgreement:
    """One agreement; `effective_until` is None if no end is recorded."""

    id: UUID
    supervisee_id: UUID
    supervisor_id: UUID
    signed_on: date
    effective_from: date
    effective_until: date | None = None
    version: int = 1


def refuse_supervisor(standings: tuple[Standing, ...], on: date) -> None:
    """Raise ConflictError for a supervisor who is not certified on that day."""
    status = standing_on(standings, on).status if standings else Status.NOT_YET_CERTIFIED
    if status is not Status.CERTIFIED:
        raise ConflictError(
            f"the supervisor is {status} on {on}; only a certified provider can supervise",
            code="supervisor-not-certified",
            members={"certification_status": status.value},
        )


def refuse_dates(signed_on: date, effective_from: date, today: date) -> None:
    """Raise InvalidInputError for a signature in the future or after the first day."""
    if signed_on > today:
        raise InvalidInputError(
            "an agreement can be recorded only after both have signed it",
            code="not-signed-yet",
            faults=[Fault("signed_on", "must not be after today")],
        )
    if effective_from < signed_on:
        raise InvalidInputError(
            "an agreement must not begin before it was signed",
            code="not-signed-yet",
            faults=[Fault("effective_from", "must not be before signed_on")],
        )


def ended(agreement: SupervisionAgreement, named: date | None, today: date) -> SupervisionAgreement:
    """End an agreement or correct its end; an end on its first day means it never existed.

    ConflictError if it already has this end, InvalidInputError for an end before its first day.
    """
    until = end_of(agreement.effective_from, agreement.effective_until, named, today)
    return replace(agreement, effective_until=until, version=agreement.version + 1)
