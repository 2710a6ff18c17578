"""Public routes of the event catalog: AsyncAPI, and a JSON Schema for each event type.

They need no database: the catalog describes kinds of events, never an event that happened.
"""

import json
from collections.abc import Mapping
from functools import cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SCHEMAS = "/schemas/"


def catalog_routes(service: str) -> list[Route]:
    """Routes for one service's AsyncAPI document, its list of schemas and each schema.

    They run in threads, because writing the document takes a moment the first time.
    """

    def asyncapi(_: Request) -> Response:
        return Response(_asyncapi(service), media_type="application/yaml")

    def schemas(_: Request) -> Response:
        return JSONResponse({"items": _index(service), "next": None})

    def schema(request: Request) -> Response:
        found = _schemas(service).get(request.path_params["file"])
        if found is None:
            raise HTTPException(
                404, f"{service} does not have this schema; {SCHEMAS} lists all schemas"
            )
        return Response(found, media_type="application/schema+json")

    return [
        Route("/asyncapi.yaml", asyncapi),
        Route(SCHEMAS, schemas),
        Route(SCHEMAS + "{file}", schema),
    ]


# Imported when first asked: every start of an API would pay for what few ask for.


def _asyncapi(service: str) -> str:
    from shared.messaging.asyncapi.document import asyncapi_yaml  # noqa: PLC0415 - see above

    return asyncapi_yaml(service)


@cache
def _schemas(service: str) -> Mapping[str, bytes]:
    """The service's schemas as they are sent, by file name."""
    from shared.events.releases import every_schema, releases  # noqa: PLC0415 - see above
    from shared.events.schemas import present_schemas  # noqa: PLC0415 - see above

    return {
        file: json.dumps(schema, ensure_ascii=False).encode()
        for file, schema in sorted(every_schema(releases(), present_schemas()).items())
        if file.startswith(f"{service}.")
    }


@cache
def _index(service: str) -> list[dict[str, str]]:
    return [
        {"type": schema["title"], "dataschema": schema["$id"], "href": f"{SCHEMAS}{file}"}
        for file, schema in ((name, json.loads(text)) for name, text in _schemas(service).items())
    ]
