"""Ending or correcting the end of a site, a program link or a supervision agreement."""

from datetime import date

from shared.errors import ConflictError, Fault, InvalidInputError


def end_of(
    effective_from: date, effective_until: date | None, named: date | None, today: date
) -> date:
    """Return the first day without it: the day named, else today.

    If it has ended before, another day must be named to correct the end, so that a repeated request
    changes nothing. An end on its first day means that it was recorded by mistake and never
    existed.
    """
    if effective_until is not None and named in {None, effective_until}:
        raise ConflictError(
            f"it already ends on {effective_until}; to correct that, name another day",
            code="ended-before",
        )
    until = named or today
    if until < effective_from:
        message = f"must not be before {effective_from}; that day means that it never existed"
        fault = Fault("effective_on", message)
        raise InvalidInputError(
            "it must not end before it begins", code="empty-span", faults=[fault]
        )
    return until
