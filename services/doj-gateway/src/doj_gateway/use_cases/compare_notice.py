"""An operator compares an unmatched notice with the persons and scores recorded here.

Only persons whose identifiers are close to those in the notice are shown. Each view is recorded in
the audit records of this service and of supervision.
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
    """A case, and its person, whose identifiers are close to those in the notice."""

    case_id: UUID
    person: FormPerson


@dataclass(frozen=True)
class Comparison:
    """All versions of a notice, newest first, the near cases, and the possible expectations."""

    notice: DojNotice
    versions: Sequence[NoticeVersion]
    near_cases: Sequence[NearCase]
    expectations: Sequence[Expectation]


async def compare_notice(
    tx: Transaction, notice_id: UUID, fields: PersonalFields, supervision: SupervisionClient
) -> Comparison:
    """Compare a notice. Raises NotFoundError, or UnavailableError if supervision is down."""
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
    """Return open expectations of the near cases, then others scored around the same day."""
    near = await expectations.open_of_cases(tx, notice.near_case_ids)
    if notice.assessed_on is None:
        return near
    around = await expectations.open_around(tx, notice.assessed_on, LARGEST_DAY_TOLERANCE)
    return [*near, *(each for each in around if each not in near)]
