"""From which day a site, a provider's link with a program or a supervision agreement is no more."""

from datetime import date

from shared.errors import ConflictError, Fault, InvalidInputError


def end_of(
    effective_from: date, effective_until: date | None, named: date | None, today: date
) -> date:
    """Return the first day without it: the day named, else today.

    What has an end gets another one only where the day is named: a mistake is corrected, and an end
    sent twice moves nothing. What ends on its first day was recorded by mistake and never held.
    """
    if effective_until is not None and named in {None, effective_until}:
        raise ConflictError(
            f"its end is {effective_until}; to correct that, name another day", code="ended-before"
        )
    until = named or today
    if until < effective_from:
        message = f"must not be before {effective_from}; on that day, it never held"
        fault = Fault("effective_on", message)
        raise InvalidInputError("it ends before it begins", code="empty-span", faults=[fault])
    return until
