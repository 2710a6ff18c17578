"""How an application ends without a decision, and how far its fingerprint check is."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

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
    """Nothing more to say."""


class StateAnswer(BaseModel):
    """Where the application stands now."""

    application_id: UUID
    state: ApplicationState
    live_scan: LiveScan | None


class LiveScanBody(RequestBody):
    """How far the check is: a status, never what it found."""

    status: LiveScan


def state_answer(application: Application, response: Response) -> StateAnswer:
    """Shape where it stands, with its version."""
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
    """Withdraw an application that is not decided: nothing is owed on it any more."""
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
    """Close a file whose applicant did not answer a notice by the day it was due."""
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
    """Record how far the fingerprint check is; while it is on hold nothing is granted."""
    command = RecordLiveScan(application_id, body.status, seen)
    return state_answer(await record_live_scan(tx, command), response)
