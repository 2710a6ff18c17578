"""Supervision agreements: an Associate or Student works under a certified provider.

Signed by both. When the supervisor's certification ends, every supervisee is flagged.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification.domain.span_ends import end_of
from certification.domain.standings import Standing, Status, standing_on
from shared.errors import ConflictError, Fault, InvalidInputError


@dataclass(frozen=True)
class SupervisionAgreement:
    """One agreement; without `effective_until` it stands until it is ended."""

    id: UUID
    supervisee_id: UUID
    supervisor_id: UUID
    signed_on: date
    effective_from: date
    effective_until: date | None = None
    version: int = 1

    def stands_on(self, day: date) -> bool:
        """Whether it stands on that day."""
        return self.effective_from <= day and (
            self.effective_until is None or day < self.effective_until
        )


def refuse_supervisor(standings: tuple[Standing, ...], on: date) -> None:
    """Raise ConflictError for a supervisor who is not certified on that day."""
    status = standing_on(standings, on).status if standings else Status.NOT_YET_CERTIFIED
    if status is not Status.CERTIFIED:
        raise ConflictError(
            f"the supervisor is {status} on {on}: only a certified provider supervises",
            code="supervisor-not-certified",
            members={"certification_status": status.value},
        )


def refuse_dates(signed_on: date, effective_from: date, today: date) -> None:
    """Raise InvalidInputError for a signature of tomorrow, or of after the first day."""
    if signed_on > today:
        raise InvalidInputError(
            "an agreement is recorded once both have signed it",
            code="not-signed-yet",
            faults=[Fault("signed_on", "is never after today")],
        )
    if effective_from < signed_on:
        raise InvalidInputError(
            "an agreement stands from its signature on, not before",
            code="not-signed-yet",
            faults=[Fault("effective_from", "is before signed_on")],
        )


def ended(agreement: SupervisionAgreement, named: date | None, today: date) -> SupervisionAgreement:
    """End it, or correct its end; one that ends on its first day never stood.

    ConflictError for one that has this end, InvalidInputError for an end before its first day.
    """
    until = end_of(agreement.effective_from, agreement.effective_until, named, today)
    return replace(agreement, effective_until=until, version=agreement.version + 1)
