"""Every service serves its catalog to anybody: AsyncAPI, the list of its schemas, and each."""

from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from contract.http.api_services import SERVICES, build_api
from local_system.catalog_documents import catalog_documents
from local_system.state import PROJECT

EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)


@pytest.fixture(scope="module")
def committed() -> Mapping[Path, str]:
    """What is committed of every catalog: its files, each with its text."""
    return catalog_documents()


def nobody(service: str) -> httpx.AsyncClient:
    """A client without a token, of an API whose database is nowhere."""
    transport = httpx.ASGITransport(build_api(service))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{service}")


@EVERY_SERVICE
async def test_the_served_asyncapi_document_is_the_committed_one(
    service: str, committed: Mapping[Path, str]
) -> None:
    async with nobody(service) as http:
        answer = await http.get("/asyncapi.yaml")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/yaml")
    assert answer.text == committed[PROJECT / "services" / service / "asyncapi.yaml"]


@EVERY_SERVICE
async def test_every_listed_schema_is_served_under_its_address(service: str) -> None:
    async with nobody(service) as http:
        listed = (await http.get("/schemas/")).json()["items"]
        answers = [await http.get(each["href"]) for each in listed]

    assert {answer.headers["content-type"] for answer in answers} == {"application/schema+json"}
    assert [(answer.json()["title"], answer.json()["$id"]) for answer in answers] == [
        (each["type"], each["dataschema"]) for each in listed
    ]


@EVERY_SERVICE
async def test_a_service_lists_its_own_committed_schemas_and_no_others(
    service: str, committed: Mapping[Path, str]
) -> None:
    async with nobody(service) as http:
        listed = (await http.get("/schemas/")).json()["items"]

    names = {file.name for file in committed if file.name.startswith(f"{service}.")}
    assert {each["href"] for each in listed} == {f"/schemas/{name}" for name in names}


@pytest.mark.parametrize(
    "file",
    ["scoring.share.made.v99.json", "supervision.month.met.v1.json", "nothing", "..%2fasyncapi"],
)
async def test_an_unknown_schema_is_a_problem(file: str) -> None:
    async with nobody("scoring") as http:
        answer = await http.get(f"/schemas/{file}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:casomb:problem:not-found"


async def test_the_list_is_found_without_its_last_slash() -> None:
    async with nobody("scoring") as http:
        answer = await http.get("/schemas", follow_redirects=True)

    assert answer.status_code == 200


async def test_the_catalog_is_read_only() -> None:
    async with nobody("scoring") as http:
        answer = await http.post("/asyncapi.yaml")

    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
