"""Response model of the rules that the duty overview leaves out."""

from pydantic import BaseModel, Field

from supervision.domain.not_reported import NOT_REPORTED


class NotReportedAnswer(BaseModel):
    """A rule whose duties are left out of lists, counts and reports."""

    rule: str = Field(examples=["monthly-contact"], description="Name of the rule.")
    reason: str = Field(description="Why the rule is left out, as a sentence.")


NOT_REPORTED_FIELD = Field(
    description="Rules whose duties this response never contains, whatever the filters. Each has a "
    "reason. Empty if no rule is left out."
)


def not_reported() -> list[NotReportedAnswer]:
    """Build the response models of the rules that are left out."""
    return [NotReportedAnswer(rule=each.rule, reason=each.reason) for each in NOT_REPORTED]
