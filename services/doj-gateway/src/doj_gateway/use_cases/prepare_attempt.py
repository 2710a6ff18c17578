"""An attempt is about to be made: the form is kept first, then the attempt, and only then sent.

Whatever happens after this commits, the same bytes go out by the same reference, and an attempt
without an outcome says that nobody knows.
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
    """Keep the form, if it was filled in just now, and record the attempt; extends the claim."""
    submission = await submissions.claimed(tx, claim)
    if fresh_form is not None:
        await forms.insert(tx, submission.id, fresh_form, fields)
    await attempts.begin(tx, submission.id)
    await submissions.change(tx, attempted(submission), length)
