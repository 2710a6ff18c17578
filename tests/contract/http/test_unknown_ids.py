"""An id that nobody knows is refused with a code that says what was not found."""

from contract.http.asking import Apis
from contract.http.operations import OPERATIONS, Operation
from contract.http.refused import EVERY_SERVICE, Wrong, assert_refused

CODES = {
    "agreement_id": "agreement-not-found",
    "application_id": "application-not-found",
    "assessment_id": "assessment-not-found",
    "case_id": "case-not-found",
    "cause_id": "parked-cause-not-found",
    "certification_id": "certification-not-found",
    "conflict_id": "conflict-not-found",
    "duty_id": "duty-not-found",
    "examiner_standing_id": "examiner-standing-not-found",
    "intake_id": "intake-not-found",
    "notice_id": "notice-not-found",
    "officer_id": "officer-not-found",
    "parked_message_id": "parked-message-not-found",
    "person_id": "person-not-found",
    "program_id": "program-not-found",
    "provider_id": "provider-not-found",
    "score_receipt_id": "score-receipt-not-found",
    "scorer_credential_id": "scorer-credential-not-found",
    "share_id": "share-not-found",
    "submission_id": "submission-not-found",
    "team_id": "team-not-found",
    "work_item_id": "work-item-not-found",
}
"""By the first id in the address."""
OF_THE_BODY = {
    "certification-link_provider": "provider-not-found",
    "doj-gateway-match_notice_by_hand": "expectation-not-found",
}
"""Where the body names something else, which is looked up first and unknown too."""
PUTS_UNDER_ANY_ID = "supervision-record_officer"
"""Where an id that nobody knows is a new one, and only the example's agency is unknown."""


@EVERY_SERVICE
async def test_an_id_that_nobody_knows_is_not_found(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            _unknown(operation, ids[0])
            for operation in OPERATIONS
            if operation.service == service
            if (ids := _ids(operation))
        ],
    )


def _ids(operation: Operation) -> list[str]:
    """Name the ids in the address, in its order."""
    named = [
        name
        for name, schema in operation.parameters("path").items()
        if schema.get("format") == "uuid"
    ]
    return sorted(named, key=operation.path.index)


def _unknown(operation: Operation, first: str) -> Wrong:
    body = operation.schemas.example(operation.body) if operation.body else None
    if str(operation) == PUTS_UNDER_ANY_ID:
        return Wrong(operation, f"unknown {first}", {"body": body}, 422, code="unknown-agency")
    code = OF_THE_BODY.get(str(operation)) or CODES[first]
    return Wrong(operation, f"unknown {first}", {"body": body}, 404, code=code)
