"""One step of one notice: find whose score it is, match it, and acknowledge it at DOJ."""

from doj_gateway.domain.notices import Notice, NoticeState
from doj_gateway.sender.delivery import ACTOR
from doj_gateway.sender.limits import Limits
from doj_gateway.sender.metrics import STEPS
from doj_gateway.sender.partners import Partners
from doj_gateway.storage import notices
from doj_gateway.storage.claims import ClaimLostError
from doj_gateway.storage.notices import ClaimedNotice
from doj_gateway.use_cases.acknowledge_notice import acknowledge_notice
from doj_gateway.use_cases.match_notice import match_notice
from doj_gateway.use_cases.postpone_notice import postpone_notice
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.errors import UnavailableError
from shared.operations.logging import logger
from shared.security.personal_fields import PersonalFields

LOG = logger(__name__)


class Matching:
    """Brings notices on; the identifiers are open in memory alone, and in no URL."""

    def __init__(
        self, database: Database, partners: Partners, fields: PersonalFields, limits: Limits
    ) -> None:
        self._database = database
        self._partners = partners
        self._fields = fields
        self._limits = limits

    async def step(self, taken: ClaimedNotice) -> None:
        """Match it, then acknowledge it; a claim lost to another sender ends it quietly."""
        notice = taken.notice
        try:
            if notice.state is NoticeState.RECEIVED:
                notice = await self._match(taken)
            if notice.state is NoticeState.MATCHED:
                await self._acknowledge(taken)
        except ClaimLostError:
            STEPS.labels("any", "claim-lost").inc()
            LOG.warning("claim_lost", notice_id=str(notice.id))
        except UnavailableError as error:
            LOG.warning("notice_waits", notice_id=str(notice.id), reason=error.detail)
            async with self._database.transaction(_cause(notice)) as tx:
                await postpone_notice(tx, taken.claim)

    async def _match(self, taken: ClaimedNotice) -> Notice:
        notice = taken.notice
        person = notices.opened(notice.id, taken.identifiers_sealed, self._fields)
        case_ids = await self._partners.supervision.cases_of(
            person.cii_number,
            person.birth_date,
            person.family_name,
            notice.instrument,
            notice.correlation_id,
        )
        async with self._database.transaction(_cause(notice)) as tx:
            stands = await match_notice(tx, taken.claim, case_ids, self._limits.claim)
        STEPS.labels("match", stands.state).inc()
        LOG.info("notice_step", notice_id=str(notice.id), state=stands.state)
        return stands

    async def _acknowledge(self, taken: ClaimedNotice) -> None:
        notice = taken.notice
        at = await self._partners.doj.acknowledge(notice.doj_notice_id)
        async with self._database.transaction(_cause(notice)) as tx:
            stands = await acknowledge_notice(tx, taken.claim, at)
        STEPS.labels("acknowledge", stands.state).inc()
        LOG.info("notice_step", notice_id=str(notice.id), state=stands.state)


def _cause(notice: Notice) -> Cause:
    return Cause(ACTOR, notice.correlation_id)
