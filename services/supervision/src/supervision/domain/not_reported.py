"""Rules of which overview, counts and reports say nothing, because they would say too little.

A figure that can only be good is worse than none: an answer without a rule says which and why.
"""

from dataclasses import dataclass

from supervision.domain.duty_rules import MONTHLY_CONTACT


@dataclass(frozen=True)
class NotReported:
    """A rule that is left out, and why."""

    rule: str
    reason: str


NOT_REPORTED = (
    NotReported(
        MONTHLY_CONTACT,
        "A duty is opened only for the month in which a team is formed, so months that were missed "
        "later are not known here. GET /v1/cases/{case_id}/contact-months shows what was "
        "documented in each month of a case.",
    ),
)
