"""Who may let a score go to DOJ: the side that owes it, and the operators.

The officer's side owes under the Board's standards, the provider's under Senate Bill 1473 for
assessments from 2025 (Penal Code 290.09). That operators may stand in is this project's rule.
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
"""The roles on the side of each who may owe a score."""


def require_sender(roles: frozenset[str], duty: Duty | None) -> None:
    """Refuse whoever does not owe the score (403), and a score that nobody owes any more (409)."""
    if duty is None or duty.state in DONE or duty.owner.role is None:
        raise ConflictError("nobody owes this score to DOJ any more", code="score-not-owed")
    side = SIDES.get(duty.owner.role, frozenset({OPERATOR}))
    if roles.isdisjoint(side):
        raise NotAllowedError(
            f"the {duty.owner.role} owes this score to DOJ; only that side or an operator may "
            "decide that it goes there",
            code="not-the-owner",
            rule=duty.rule,
        )
