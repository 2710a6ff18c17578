"""After a restore the sender automatically pulls the notices that the database lost."""

import asyncio

from doj_gateway.partners.doj_notices import NoticeNotShownError
from doj_gateway.sender.delivery import ACTOR
from doj_gateway.sender.metrics import STEPS
from doj_gateway.sender.partners import Partners
from doj_gateway.sender.watching import watch_failure
from doj_gateway.use_cases.pull_notices import pull_after_restore
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.database.unpooled_connections import DATABASE_FAULTS
from shared.errors import UnavailableError
from shared.identifiers import new_id
from shared.process.logging import logger
from shared.security.personal_fields import PersonalFields

LOG = logger(__name__)
LOOK_EVERY_SECONDS = 20.0


class Pulling:
    """Checks periodically for an epoch in which DOJ was not asked yet."""

    def __init__(self, database: Database, partners: Partners, fields: PersonalFields) -> None:
        self._database = database
        self._partners = partners
        self._fields = fields

    async def run(self) -> None:
        """Check until canceled. A failure is retried at the next check."""
        while True:
            try:
                await self._pull()
            except UnavailableError as error:
                if isinstance(error, NoticeNotShownError):
                    STEPS.labels("pull", "failed").inc()
                LOG.warning("notices_not_pulled", reason=error.detail)
            except DATABASE_FAULTS:
                raise
            except Exception as error:  # noqa: BLE001 - told, and tried again at the next look
                watch_failure(error)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _pull(self) -> None:
        cause = Cause(ACTOR, new_id())
        pulled = await pull_after_restore(
            self._database, cause, self._partners.doj_notices, self._fields
        )
        if pulled is not None:
            STEPS.labels("pull", "done").inc()
            LOG.info("notices_pulled", listed=pulled.listed, taken_in=pulled.taken_in)
