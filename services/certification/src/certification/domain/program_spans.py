"""From when until when something of a program holds: a site, a provider that works with it."""

from datetime import date

from shared.errors import ConflictError, Fault, InvalidInputError


def end_of(effective_from: date, effective_until: date | None, on: date) -> date:
    """Return the first day without it; refuses what has an end, and an end before its first day."""
    if effective_until is not None:
        raise ConflictError(f"its end is {effective_until}", code="ended-before")
    if on <= effective_from:
        fault = Fault("body.effective_on", f"must be after {effective_from}")
        raise InvalidInputError("it would have no day", code="empty-span", faults=[fault])
    return on
