"""Every service's API in this process, each on a real, fresh PostgreSQL database of its own."""

from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import pytest

from contract.http.api_services import build_api
from contract.http.asking import Api, Apis
from shared.testing.tokens import LocalIssuer


@pytest.fixture(scope="session")
def issuer() -> Iterator[LocalIssuer]:
    with LocalIssuer() as entered:
        yield entered


@pytest.fixture(scope="module")
async def apis(
    new_database: Callable[[str | None], str], issuer: LocalIssuer
) -> AsyncIterator[Apis]:
    """The services, each started when a test first asks for it."""
    started: dict[str, Api] = {}

    async def of(service: str) -> Api:
        if service not in started:
            told = {"database_url": new_database(service)} | issuer.settings()
            app = build_api(service, **told)
            transport = httpx.ASGITransport(app)
            client = httpx.AsyncClient(transport=transport, base_url=f"http://{service}")
            started[service] = Api(app, client, issuer)
            await started[service].remember_rows()
        return started[service]

    yield of
    for api in started.values():
        await api.close()
