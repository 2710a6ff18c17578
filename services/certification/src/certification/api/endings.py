"""Applications that end without a decision, and the status of their fingerprint check."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from certification.api.applicants import Applicant
from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Application, LiveScan
from certification.use_cases.end_application import abandon_application, withdraw_application
from certification.use_cases.record_live_scan import RecordLiveScan, record_live_scan
from shared.http.etags import SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["applications"])


class NothingBody(RequestBody):
    """An empty body; any field is refused."""


class StateAnswer(BaseModel):
    """The state of an application after the change."""

    application_id: UUID
    state: ApplicationState
    live_scan: LiveScan | None = Field(
        description="Status of the fingerprint check (Live Scan). Null if no status was recorded."
    )


class LiveScanBody(RequestBody):
    """The status of the fingerprint check (Live Scan), never its result."""

    status: LiveScan = Field(
        description="`sent`, `received`, `cleared`, or `hold`; nothing can be granted while it is "
        "`hold`."
    )


def state_answer(application: Application, response: Response) -> StateAnswer:
    """Build the response with the application's state and version."""
    response.headers["Location"] = f"/v1/applications/{application.id}"
    set_etag(response, application.version)
    return StateAnswer(
        application_id=application.id,
        state=application.state,
        live_scan=application.live_scan,
    )


@router.post(
    "/{application_id}/withdrawals",
    operation_id="withdraw_application",
    status_code=201,
    dependencies=[allow(Role.APPLICANT)],
)
async def post_withdrawal(
    application_id: UUID,
    tx: CurrentTransaction,
    applicant: Applicant,
    seen: SeenVersion,
    response: Response,
    body: NothingBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> StateAnswer:
    """Withdraw one's own application before it is decided.

    Neither the applicant nor the Board owes anything on it afterwards.
    """
    application = await withdraw_application(
        tx, application_id, applicant_id=applicant, seen_version=seen
    )
    return state_answer(application, response)


@router.post(
    "/{application_id}/abandonments",
    operation_id="abandon_application",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_abandonment(
    application_id: UUID,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
    body: NothingBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> StateAnswer:
    """Close an application whose applicant did not answer a deficiency notice by its due date."""
    application = await abandon_application(tx, application_id, seen_version=seen)
    return state_answer(application, response)


@router.post(
    "/{application_id}/live-scan-statuses",
    operation_id="record_live_scan",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_live_scan_status(
    application_id: UUID,
    body: LiveScanBody,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
) -> StateAnswer:
    """Record the status of the fingerprint check (Live Scan).

    Nothing can be granted while the status is `hold`.
    """
    command = RecordLiveScan(application_id, body.status, seen)
    return state_answer(await record_live_scan(tx, command), response)
