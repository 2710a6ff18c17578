"""One step of one submission: send it to DOJ or ask for its status, never both at once.

No transaction is open during a call. Each result is stored before the next action, so that the
process may end between any two lines.
"""

import asyncio

from doj_gateway.domain.delays import AskingPolicy
from doj_gateway.domain.form_facts import FormFacts, FormSubmission
from doj_gateway.domain.form_mappings import current_mapping
from doj_gateway.domain.outcomes import NotThere, Outcome, Unknown
from doj_gateway.domain.submissions import Submission, SubmissionState
from doj_gateway.partners.service_calls import ServiceRefusedError
from doj_gateway.sender.fault_points import SenderPoint
from doj_gateway.sender.limits import Limits
from doj_gateway.sender.metrics import STEPS
from doj_gateway.sender.partners import Partners
from doj_gateway.sender.watching import watch_step
from doj_gateway.storage import forms
from doj_gateway.storage.claims import ClaimLostError
from doj_gateway.storage.forms import FilledForm
from doj_gateway.storage.submissions import ClaimedSubmission
from doj_gateway.use_cases.postpone_submission import fail_submission, postpone_submission
from doj_gateway.use_cases.prepare_attempt import prepare_attempt
from doj_gateway.use_cases.record_outcome import record_outcome
from shared.clock import california_date
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.errors import UnavailableError
from shared.law.in_force import Law
from shared.process.fault_points import reach
from shared.process.logging import logger
from shared.security.personal_fields import PersonalFields
from shared.security.principals import process_actor

LOG = logger(__name__)
ACTOR = process_actor("doj-gateway sender")
STEP_FAILED = "step-failed"


class Delivery:
    """Executes the steps of submissions, one at a time."""

    def __init__(
        self,
        database: Database,
        partners: Partners,
        law: Law,
        fields: PersonalFields,
        asking: AskingPolicy,
        limits: Limits,
    ) -> None:
        self._database = database
        self._partners = partners
        self._law = law
        self._fields = fields
        self._asking = asking
        self._limits = limits
        self._form = current_mapping()

    async def step(self, taken: ClaimedSubmission) -> None:
        """Do the next step for the state. If another sender has taken over, do nothing."""
        reach(SenderPoint.TAKEN_UP)
        try:
            if taken.submission.state is SubmissionState.QUEUED:
                await self._send(taken)
            elif taken.submission.state is SubmissionState.SENDING:
                await self._record(taken, "recover", Unknown("sender-ended"))
            else:
                outcome = await self._partners.doj.status(taken.submission.reference)
                reach(SenderPoint.TOLD)
                await self._record(taken, "ask", outcome)
        except ClaimLostError:
            STEPS.labels("any", "claim-lost").inc()
            LOG.warning("claim_lost", submission_id=str(taken.submission.id))
        except UnavailableError:
            raise
        except Exception:
            await self._failed(taken, STEP_FAILED)
            raise

    async def _send(self, taken: ClaimedSubmission) -> None:
        submission = taken.submission
        fresh = None
        if taken.form_sealed is not None:
            content = forms.opened(submission.id, taken.form_sealed, self._fields)
        else:
            fresh = await self._first_form(taken)
            if fresh is None:
                return
            content = fresh.content
        async with self._database.transaction(_cause(submission)) as tx:
            await prepare_attempt(tx, taken.claim, fresh, self._fields, self._limits.claim)
        reach(SenderPoint.ATTEMPTING)
        outcome = await self._partners.doj.submit(submission.reference, content)
        reach(SenderPoint.ANSWERED)
        await self._record(taken, "send", outcome)

    async def _first_form(self, taken: ClaimedSubmission) -> FilledForm | None:
        """Fill in the form, unless DOJ has one under the reference; then return None.

        This database may have been restored to a time before the form was sent. DOJ is therefore
        asked while the form is filled in, and a form that it already has counts.
        """
        try:
            at_doj, form = await asyncio.gather(
                self._partners.doj.status(taken.submission.reference),
                self._filled_form(taken.submission),
            )
        except UnavailableError as error:
            await self._postpone(taken, error)
            return None
        if isinstance(at_doj, NotThere):
            return form
        await self._record(taken, "ask first", at_doj)
        return None

    async def _filled_form(self, submission: Submission) -> FilledForm:
        errand = submission.correlation_id
        (person, case), result = await asyncio.gather(
            self._partners.supervision.form_identity(submission.case_id, errand),
            self._partners.scoring.form_result(submission.assessment_id, errand),
        )
        received_at = submission.received_at
        own = FormSubmission(
            reference=submission.reference,
            received_on=california_date(received_at) if received_at else None,
            sent_on=submission.sent_on,
        )
        content = self._form.filled(FormFacts(person, case, result, own))
        return FilledForm(self._form.version, content)

    async def _record(self, taken: ClaimedSubmission, step: str, outcome: Outcome) -> None:
        async with self._database.transaction(_cause(taken.submission)) as tx:
            recorded = await record_outcome(tx, self._law, self._asking, taken.claim, outcome)
        watch_step(step, taken.submission, recorded)

    async def _postpone(self, taken: ClaimedSubmission, error: UnavailableError) -> None:
        STEPS.labels("fill in", "unavailable").inc()
        LOG.warning("form_waits", submission_id=str(taken.submission.id), reason=error.detail)
        if isinstance(error, ServiceRefusedError):
            await self._failed(taken, error.code)
            return
        async with self._database.transaction(_cause(taken.submission)) as tx:
            await postpone_submission(tx, self._asking, taken.claim)

    async def _failed(self, taken: ClaimedSubmission, because: str) -> None:
        async with self._database.transaction(_cause(taken.submission)) as tx:
            await fail_submission(tx, self._asking, taken.claim, because)


def _cause(submission: Submission) -> Cause:
    return Cause(ACTOR, submission.correlation_id)
