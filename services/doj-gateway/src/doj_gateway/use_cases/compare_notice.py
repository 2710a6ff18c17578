"""An operator looks at both sides of a notice that is not matched: what DOJ wrote, and ours.

Persons are shown where a notice comes close to them, and nobody else's; each look is audited here
and in supervision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doj_gateway.domain.form_facts import FormPerson
from doj_gateway.domain.notices import LARGEST_DAY_TOLERANCE, DojNotice, Expectation
from doj_gateway.partners.supervision import SupervisionClient
from doj_gateway.storage import expectations, notice_versions, notices
from doj_gateway.storage.notice_versions import NoticeVersion
from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields


@dataclass(frozen=True)
class NearCase:
    """A case that the notice comes close to, and whose it is."""

    case_id: UUID
    person: FormPerson


@dataclass(frozen=True)
class Comparison:
    """DOJ's wordings, the newest first; the near cases; the open expectations it may answer."""

    notice: DojNotice
    versions: Sequence[NoticeVersion]
    near_cases: Sequence[NearCase]
    expectations: Sequence[Expectation]


async def compare_notice(
    tx: Transaction, notice_id: UUID, fields: PersonalFields, supervision: SupervisionClient
) -> Comparison:
    """Show both sides of a notice; NotFoundError, UnavailableError while supervision is away."""
    notice = await notices.by_id(tx, notice_id)
    tx.audit("notice.compared", subject_kind="notice", subject_id=notice.id)
    case_ids = {*notice.near_case_ids, *([notice.case_id] if notice.case_id else [])}
    near = []
    for case_id in sorted(case_ids):
        person, _ = await supervision.form_identity(case_id, tx.correlation_id)
        tx.audit("notice.compared", subject_kind="case", subject_id=case_id)
        near.append(NearCase(case_id, person))
    return Comparison(
        notice,
        await notice_versions.of_notice(tx, notice, fields),
        near,
        await _expected(tx, notice),
    )


async def _expected(tx: Transaction, notice: DojNotice) -> Sequence[Expectation]:
    """Of near cases whatever is open, then what was assessed about the same day."""
    near = await expectations.open_of_cases(tx, notice.near_case_ids)
    if notice.assessed_on is None:
        return near
    around = await expectations.open_around(tx, notice.assessed_on, LARGEST_DAY_TOLERANCE)
    return [*near, *(each for each in around if each not in near)]
