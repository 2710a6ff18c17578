"""Client of the scoring service, which gives the result for DOJ's form."""

from uuid import UUID

from pydantic import BaseModel

from doj_gateway.domain.form_facts import FormResult
from doj_gateway.partners.service_calls import ServiceCalls
from shared.plain_dates import PlainDate


class _FormResult(BaseModel):
    instrument: str
    instrument_version: str
    total: float
    level: str | None
    domains: dict[str, float]
    reason: str
    assessed_on: PlainDate
    scorer_id: UUID
    program_id: UUID | None


class ScoringClient:
    """Client of scoring, which records every answer in its audit record."""

    def __init__(self, calls: ServiceCalls) -> None:
        self._calls = calls

    async def form_result(self, assessment_id: UUID, errand: UUID) -> FormResult:
        """Read a finalized result. Raises UnavailableError."""
        path = f"/v1/assessments/{assessment_id}/form-result"
        found = await self._calls.ask(_FormResult, "GET", path, errand)
        return FormResult(**found.model_dump())

    async def close(self) -> None:
        """Close the connections."""
        await self._calls.close()
