"""The reference of an assessment version at DOJ. The same reference always has the same bytes.

A corrected form has other bytes, so it is sent under the reference of the next round, which ends in
`-r2`, `-r3` and so on.
"""

from uuid import UUID

from doj_gateway.domain.submissions import FIRST_ROUND

PREFIX = "CASOMB"


def reference_of(assessment_id: UUID, version: int, in_round: int = FIRST_ROUND) -> str:
    """Return the reference, which contains only IDs and numbers and never changes."""
    first = f"{PREFIX}-{assessment_id}-{version}"
    return first if in_round == FIRST_ROUND else f"{first}-r{in_round}"
