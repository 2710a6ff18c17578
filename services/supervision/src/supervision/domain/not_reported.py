"""Rules that are left out of the duty overview, counts and reports, because data is incomplete.

An incomplete figure would look too good. Each response names the rules left out and the reason.
"""

from dataclasses import dataclass

from supervision.domain.duty_rules import MONTHLY_CONTACT


@dataclass(frozen=True)
class NotReported:
    """A rule that is left out, with the reason."""

    rule: str
    reason: str


NOT_REPORTED = (
    NotReported(
        MONTHLY_CONTACT,
        "A duty is opened only for the month in which a team is formed, so contacts that were "
        "missed later are not known here. GET /v1/cases/{case_id}/contact-months shows the "
        "attestations of each month of a case.",
    ),
)
