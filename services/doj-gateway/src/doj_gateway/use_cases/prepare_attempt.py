"""Prepares an attempt: the form and the attempt are stored before anything is sent.

After this commit the same bytes always go out under the same reference, and an attempt without an
outcome shows that the result is not known.
"""

from datetime import timedelta

from doj_gateway.domain.submissions import attempted
from doj_gateway.storage import attempts, forms, submissions
from doj_gateway.storage.claims import Claim
from doj_gateway.storage.forms import FilledForm
from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields


async def prepare_attempt(
    tx: Transaction,
    claim: Claim,
    fresh_form: FilledForm | None,
    fields: PersonalFields,
    length: timedelta,
) -> None:
    """Store a newly filled-in form, record the attempt, and extend the claim."""
    submission = await submissions.claimed(tx, claim)
    if fresh_form is not None:
        await forms.insert(tx, submission.id, fresh_form, fields)
    await attempts.begin(tx, submission.id)
    await submissions.change(tx, attempted(submission), length)
