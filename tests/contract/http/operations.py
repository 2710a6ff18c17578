"""Every operation of every service, read from the OpenAPI documents that the code makes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from contract.http.api_services import SERVICES, openapi_document
from contract.http.schemas import Json, Place, Schemas
from shared.security.principals import Role

MEDIA = "application/json"
PUBLIC = {
    "/v1/directory",
    "/v1/directory/{number}",
    "/v1/application-statuses/{token}",
    "/v1/register/{kind}/{number}",
    "/v1/register/{kind}/{number}/history",
    "/v1/register/{kind}/{number}/extract",
    "/v1/register/checks",
    "/v1/processing-times",
    "/v1/register/extracts",
    "/v1/register/keys",
    "/v1/register/changes",
}
"""Everything that anybody may ask without a token, by intent."""


@dataclass(frozen=True)
class Operation:
    """One thing that a service can be asked."""

    service: str
    method: str
    path: str
    described: Json = field(repr=False, compare=False)

    def __str__(self) -> str:
        """Its name in a test's id."""
        return f"{self.service}-{self.described['operationId']}"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles it serves; none where it is public."""
        return frozenset(Role(name) for name in self.described.get("x-roles", ()))

    @property
    def schemas(self) -> Schemas:
        """The schemas of its document."""
        return Schemas(openapi_document(self.service))

    @property
    def body(self) -> Json | None:
        """The schema of the body it takes."""
        content = self.described.get("requestBody", {}).get("content", {})
        found: Json | None = content.get(MEDIA, {}).get("schema")
        return found

    @property
    def needs_body(self) -> bool:
        """Whether it cannot be asked without one."""
        return bool(self.described.get("requestBody", {}).get("required"))

    def parameters(self, where: str) -> dict[str, Json]:
        """The schemas of its parameters in `path`, `query` or `header`, by name."""
        return {
            each["name"]: self.schemas.resolved(each["schema"])
            for each in self.described.get("parameters", ())
            if each["in"] == where
        }

    def places_asked(self) -> Iterator[Place]:
        """Every place of its parameters, and of its body in each shape that it takes."""
        for where in ("path", "query", "header"):
            for name, schema in self.parameters(where).items():
                yield Place((name,), schema)
        for variant in self.schemas.variants(self.body) if self.body else ():
            yield from self.schemas.places(variant)

    def url(self, **given: str) -> str:
        """The path with ids that nobody knows, or with those given."""
        filled = {
            name: str(uuid4()) if schema.get("format") == "uuid" else "no-such-thing"
            for name, schema in self.parameters("path").items()
        }
        return self.path.format(**filled | given)

    def query(self, **given: str) -> dict[str, str]:
        """A query with an example of each parameter that it needs, and those given."""
        needed = (each for each in self.described.get("parameters", ()) if each["in"] == "query")
        examples: dict[str, Any] = {
            each["name"]: self.schemas.example(each["schema"])
            for each in needed
            if each.get("required")
        }
        return {name: str(value) for name, value in examples.items()} | given


def _of(service: str) -> Iterable[Operation]:
    for path, methods in openapi_document(service)["paths"].items():
        for method, described in methods.items():
            yield Operation(service, method.upper(), path, described)


OPERATIONS = [operation for service in SERVICES for operation in _of(service)]
GUARDED = [each for each in OPERATIONS if each.roles]
WITH_BODY = [each for each in OPERATIONS if each.body]
LISTS = [each for each in OPERATIONS if "after" in each.parameters("query")]
