"""What an answer says of the rules that it leaves out."""

from pydantic import BaseModel, Field

from supervision.domain.not_reported import NOT_REPORTED


class NotReportedAnswer(BaseModel):
    """A rule that is left out of an answer."""

    rule: str = Field(examples=["monthly-contact"])
    reason: str = Field(description="Why the rule is left out, in a sentence.")


NOT_REPORTED_FIELD = Field(
    description="The rules of which this answer says nothing, whatever was asked for, each with "
    "the reason. Empty if no rule is left out."
)


def not_reported() -> list[NotReportedAnswer]:
    """The rules that are left out at present."""
    return [NotReportedAnswer(rule=each.rule, reason=each.reason) for each in NOT_REPORTED]
