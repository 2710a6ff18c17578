"""The work of the `notices` commands, done under the operator's name."""

from datetime import datetime

from doj_gateway.partners.connections import connect
from doj_gateway.partners.doj_notices import DojNotices
from doj_gateway.settings import Settings
from doj_gateway.use_cases.pull_notices import Pulled, pull_notices
from shared.console.operator_session import OperatorSession
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.security.personal_fields import PersonalFields


def pull(session: OperatorSession, since: datetime | None, by: str | None) -> Pulled:
    """Store the notices that DOJ has and this database does not."""
    settings = session.load()
    if not isinstance(settings, Settings):
        raise TypeError("the notices commands need the settings of the gateway")

    async def work(database: Database, cause: Cause) -> Pulled:
        key = {"X-Intake-Key": settings.doj_intake_key.get_secret_value()}
        doj = DojNotices(connect(settings.doj_intake_url, key))
        try:
            return await pull_notices(database, cause, doj, PersonalFields(settings), since)
        finally:
            await doj.close()

    return session.run(work, by)
