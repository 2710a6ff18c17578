"""One step of one notice: look up the person, match the score, acknowledge it at DOJ."""

from doj_gateway.domain.notices import OPEN, DojNotice, NoticePatience, NoticeState
from doj_gateway.domain.said_notices import NoticeFault, identifiers_of, read_notice
from doj_gateway.partners.service_calls import ServiceRefusedError
from doj_gateway.sender.delivery import ACTOR
from doj_gateway.sender.limits import Limits
from doj_gateway.sender.metrics import STEPS
from doj_gateway.sender.partners import Partners
from doj_gateway.storage import notice_versions
from doj_gateway.storage.claims import ClaimLostError
from doj_gateway.storage.notices import ClaimedNotice
from doj_gateway.use_cases.acknowledge_notice import acknowledge_notice
from doj_gateway.use_cases.match_notice import WhoItIs, match_notice
from doj_gateway.use_cases.postpone_notice import fail_notice, postpone_notice
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.errors import UnavailableError
from shared.process.logging import logger
from shared.security.personal_fields import PersonalFields

LOG = logger(__name__)


class Matching:
    """Executes the steps of notices. Decrypted identifiers are only in memory, never in a URL."""

    def __init__(
        self,
        database: Database,
        partners: Partners,
        fields: PersonalFields,
        patience: NoticePatience,
        limits: Limits,
    ) -> None:
        self._database = database
        self._partners = partners
        self._fields = fields
        self._patience = patience
        self._limits = limits

    async def step(self, taken: ClaimedNotice) -> None:
        """Match it, then acknowledge it. If another sender has taken over, do nothing."""
        notice = taken.notice
        try:
            if notice.state in OPEN:
                notice = await self._match(taken)
            if notice.state is NoticeState.MATCHED:
                await self._acknowledge(taken)
        except ClaimLostError:
            STEPS.labels("any", "claim-lost").inc()
            LOG.warning("claim_lost", notice_id=str(notice.id))
        except UnavailableError as error:
            LOG.warning("notice_waits", notice_id=str(notice.id), reason=error.detail)
            async with self._database.transaction(_cause(notice)) as tx:
                await postpone_notice(tx, taken.claim, self._patience, error.code)
        except Exception:
            async with self._database.transaction(_cause(notice)) as tx:
                await fail_notice(tx, taken.claim)
            raise

    async def _match(self, taken: ClaimedNotice) -> DojNotice:
        notice = taken.notice
        who = await self._who_it_is(notice)
        async with self._database.transaction(_cause(notice)) as tx:
            length = self._limits.claim
            stands = await match_notice(tx, taken.claim, who, self._patience, length)
        STEPS.labels("match", stands.state).inc()
        LOG.info("notice_step", notice_id=str(notice.id), state=stands.state)
        return stands

    async def _who_it_is(self, notice: DojNotice) -> WhoItIs:
        """Look up the person of the newest version in supervision, with no transaction open.

        The content is read again, because the rules of reading may have become stricter.
        """
        async with self._database.transaction(_cause(notice)) as tx:
            newest, *_ = await notice_versions.of_notice(tx, notice, self._fields)
            read, person = read_notice(newest.said, tx.now), identifiers_of(newest.said, tx.now)
        if read.fault is not None or read.instrument is None or person is None:
            return WhoItIs(read.fault or NoticeFault.PERSON_UNREADABLE, ())
        supervision, errand = self._partners.supervision, notice.correlation_id
        try:
            found = await supervision.identify(person, read.instrument, errand)
        except ServiceRefusedError as error:
            if not error.is_for_good:
                raise
            return WhoItIs(NoticeFault.PERSON_UNREADABLE, ())
        return WhoItIs(found.outcome, found.case_ids)

    async def _acknowledge(self, taken: ClaimedNotice) -> None:
        notice = taken.notice
        at = await self._partners.doj.acknowledge(notice.doj_notice_id)
        async with self._database.transaction(_cause(notice)) as tx:
            stands = await acknowledge_notice(tx, taken.claim, at)
        STEPS.labels("acknowledge", stands.state).inc()
        LOG.info("notice_step", notice_id=str(notice.id), state=stands.state)


def _cause(notice: DojNotice) -> Cause:
    return Cause(ACTOR, notice.correlation_id)
