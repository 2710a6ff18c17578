"""Route that gives the gateway a result for DOJ's score form."""

from uuid import UUID

from scoring.api.assessment_shapes import FormResultAnswer
from scoring.use_cases.show_form_result import show_form_result
from shared.http.routes import CurrentTransaction, allow_service, guarded_router

router = guarded_router("/v1/assessments", tags=["assessments"])


@router.get(
    "/{assessment_id}/form-result",
    operation_id="show_form_result",
    dependencies=[allow_service("doj-gateway")],
)
async def get_form_result(assessment_id: UUID, tx: CurrentTransaction) -> FormResultAnswer:
    """Return a finalized result for DOJ's score form.

    Only the gateway may call this. Each call is recorded in the audit record.
    """
    return FormResultAnswer.of(await show_form_result(tx, assessment_id))
