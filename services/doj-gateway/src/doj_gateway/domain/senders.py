"""Who may release a score to DOJ: the side that owes it, and operators.

The officer's side owes it under the Board's standards; the provider's side owes it under Senate
Bill 1473 for assessments from 2025 (Penal Code 290.09). That operators may do it too is this
project's rule.
"""

from collections.abc import Mapping

from doj_gateway.domain.obligations import OFFICER, PROVIDER
from shared.errors import ConflictError, NotAllowedError
from shared.law.duty.duties import DONE, Duty

OPERATOR = "operator"
SIDES: Mapping[str, frozenset[str]] = {
    OFFICER: frozenset({"officer", "unit-supervisor", "agency-lead", OPERATOR}),
    PROVIDER: frozenset({"provider", "program-representative", OPERATOR}),
}
"""For each role that may owe a score, the roles that may release it."""


def require_sender(roles: frozenset[str], duty: Duty | None) -> None:
    """Refuse a user on the wrong side, and any user if nobody owes the score any longer."""
    if duty is None or duty.state in DONE or duty.owner.role is None:
        raise ConflictError("this score is no longer owed to DOJ", code="score-not-owed")
    side = SIDES.get(duty.owner.role, frozenset({OPERATOR}))
    if roles.isdisjoint(side):
        raise NotAllowedError(
            f"the {duty.owner.role} owes this score to DOJ; only that side or operators send it",
            code="not-the-owner",
            rule=duty.rule,
        )
