"""Route that records placements on supervision."""

from uuid import UUID

from fastapi import Response, status
from pydantic import Field

from shared.http.etags import set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role
from supervision.api.case_answers import PlacementAnswer, placement_answer
from supervision.api.field_types import Day
from supervision.use_cases.record_placement import record_placement

router = guarded_router("/v1/placements", tags=["placements"])


class PlacementBody(RequestBody):
    """The placement of a person on supervision."""

    case_id: UUID
    placed_on: Day = Field(
        description="Day on which the person was placed. It must not be in the future or before "
        "the sentence."
    )


@router.post(
    "",
    operation_id="record_placement",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OFFICER)],
)
async def post_placement(
    tx: CurrentTransaction, law: CurrentLaw, body: PlacementBody, response: Response
) -> PlacementAnswer:
    """Record the placement of a case, once.

    The response shows whether the Static-99R was scored in time. Its ETag is that of the case.
    """
    recorded = await record_placement(tx, law, body.case_id, body.placed_on)
    response.headers["Location"] = f"/v1/cases/{recorded.placement.case_id}"
    set_etag(response, recorded.case_version)
    return placement_answer(recorded.placement)
