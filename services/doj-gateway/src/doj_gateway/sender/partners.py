"""The systems that the sender calls."""

import asyncio
import contextlib
from dataclasses import dataclass

from doj_gateway.partners.doj import DojIntake
from doj_gateway.partners.doj_notices import DojNotices
from doj_gateway.partners.scoring import ScoringClient
from doj_gateway.partners.supervision import SupervisionClient
from shared.errors import UnavailableError
from shared.security.service_identity import ServiceIdentity

LOOK_EVERY_SECONDS = 20.0


@dataclass(frozen=True)
class Partners:
    """Clients of DOJ and of the two services that fill in its form, and the gateway's token."""

    doj: DojIntake
    doj_notices: DojNotices
    supervision: SupervisionClient
    scoring: ScoringClient
    identity: ServiceIdentity

    async def keep_token_fresh(self) -> None:
        """Renew the token before it is needed, until canceled, so that no score waits for it."""
        while True:
            with contextlib.suppress(UnavailableError):
                await self.identity.authorization()
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def close(self) -> None:
        """Close all connections."""
        await self.doj.close()
        await self.doj_notices.close()
        await self.supervision.close()
        await self.scoring.close()
