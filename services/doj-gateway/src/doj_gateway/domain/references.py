"""The stable reference of an assessment and version toward DOJ: same reference, same bytes.

A form that DOJ refused and that was repaired has other bytes, so it goes under the reference of
the next round: the same with `-r2`, `-r3` and so on behind it.
"""

from uuid import UUID

from doj_gateway.domain.submissions import FIRST_ROUND

PREFIX = "CASOMB"


def reference_of(assessment_id: UUID, version: int, in_round: int = FIRST_ROUND) -> str:
    """Return the reference; it is made of ids and numbers alone and never changes."""
    first = f"{PREFIX}-{assessment_id}-{version}"
    return first if in_round == FIRST_ROUND else f"{first}-r{in_round}"
