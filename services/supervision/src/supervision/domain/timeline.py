"""The timeline of a case: what happened, in words that contain only codes and dates.

`WORDS` has one template per event type. Its placeholders are fields of the published events.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from supervision.domain.owed_duties import Ledger

OWN_WORDS = {
    "supervision.case.opened": "case opened: {supervision_type}",
    "supervision.placement.recorded": "placed on {placed_on}; Static-99R {static_99r}",
    "supervision.team.changed": "containment team from {effective_from}",
    "supervision.score-receipt.recorded": "{instrument} of {assessed_on} received by the officer",
    "supervision.contact.attested": "contact of {contacted_on} documented by the {side}",
    "supervision.month.met": "monthly contact of {month:.7} met",
}
SCORING_WORDS = {
    "scoring.assessment.finalized": "{instrument} of {assessed_on} finalized",
    "scoring.share.made": "{instrument} of {assessed_on} shared with the officer",
}
DOJ_WORDS = {
    "doj-gateway.submission.held": "{instrument} is waiting to be released to DOJ",
    "doj-gateway.submission.queued": "{instrument} is waiting to be sent to DOJ",
    "doj-gateway.submission.sent": "DOJ accepted {instrument}, receipt {receipt_number}",
    "doj-gateway.submission.acknowledged": "DOJ acknowledged {instrument}",
    "doj-gateway.submission.rejected": "DOJ rejected {instrument}: {reason_code}",
    "doj-gateway.submission.unknown": "not known whether {instrument} reached DOJ; DOJ is asked",
    "doj-gateway.submission.differs": "DOJ has a different form of {instrument} than the one sent",
    "doj-gateway.expectation.opened": "{instrument} of {assessed_on} is expected at DOJ",
    "doj-gateway.expectation.met": "{instrument} of {assessed_on} was seen at DOJ",
    "doj-gateway.notice.acknowledged": "DOJ's notice of {instrument} acknowledged",
}
DUTY_WORDS = {
    "duty.opened": "duty {rule} opened for the {owner_role}, due {due_on}",
    "duty.met": "duty {rule} {state} on {met_on}",
    "duty.reopened": "duty {rule} reopened, due {due_on}",
    "duty.paused": "clock of duty {rule} paused on {paused_on}",
    "duty.resumed": "clock of duty {rule} resumed, due {due_on}",
    "duty.canceled": "duty {rule} canceled",
    "duty.handed-over": "duty {rule} handed over, due {due_on}",
    "duty.moved": "duty {rule} moved by {because}: due {due_on}, before {from_due_on}",
    "duty.due-soon": "duty {rule} is due on {due_on}; {notify} notified",
    "duty.overdue": "duty {rule} was due on {due_on} and is overdue; {notify} notified",
}
WORK_ITEM_WORDS = {
    "work-item.opened": "work item {kind} for the {owner_role}: {because}",
    "work-item.resolved": "work item {kind} resolved: {resolution}",
}
EVERY_SERVICES_WORDS = DUTY_WORDS | WORK_ITEM_WORDS

WORDS: Mapping[str, str] = {
    **OWN_WORDS,
    **SCORING_WORDS,
    **DOJ_WORDS,
    **{
        f"{service}.{kind}": words
        for service in Ledger
        for kind, words in EVERY_SERVICES_WORDS.items()
    },
}


@dataclass(frozen=True)
class TimelineEntry:
    """One timeline entry. Its ID is the event ID, so that no event is entered twice."""

    id: UUID
    case_id: UUID
    at: datetime
    kind: str
    subject_kind: str
    subject_id: UUID
    summary: str


def summarize(kind: str, facts: Mapping[str, object]) -> str:
    """Return the summary of an event of this type."""
    return WORDS[kind].format_map(facts)
