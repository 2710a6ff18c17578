"""What every route's OpenAPI description contains: problems, Idempotency-Key, ETags, roles."""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, Field

PROBLEM_MEDIA = "application/problem+json"


def _problem_response(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {PROBLEM_MEDIA: {"schema": schema}}}


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    422: _problem_response(
        "The request is not valid: its shape, a code, a date, or a key used with another body."
    ),
    "4XX": _problem_response(
        "The request was refused. See the problem's `type`, `rule` and `faults` for the reason."
    ),
    "5XX": _problem_response("The service cannot answer at the moment. Try again later."),
}

IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A key that you make up for this request, such as a new UUID. If you "
    "repeat the request with the same key and the same rights, you get the "
    "stored answer and nothing is done again. If you use the key with another "
    "request or with other rights, the answer is 422. The service keeps the "
    "answer for 24 hours unless the operator sets another time. After that, "
    "the key counts as new.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "description": 'The `ETag` of the version that you have read, such as `"3"`. You may '
    'send several, as in `"3", "4"`. If the current version is another '
    "one, the answer is 412 and nothing is changed. If you omit the header "
    "where it is optional, the change applies to any version.",
    "schema": {"type": "string", "examples": ['"3"']},
}
ETAG_HEADER: dict[str, Any] = {
    "description": "The version of the resource after this change. Send it as `If-Match` with"
    " the next change.",
    "schema": {"type": "string", "examples": ['"4"']},
}


def summary_of(operation_id: str) -> str:
    """The operation's summary, made from its id: `draft_assessment` becomes "Draft assessment"."""
    return operation_id.replace("_", " ").capitalize()


def versioned(status: int, *, is_required: bool) -> dict[str, Any]:
    """The OpenAPI parts of a route that takes `If-Match`."""
    responses = {
        str(status): {"headers": {"ETag": ETAG_HEADER}},
        "412": _problem_response("The current version is not one of those in `If-Match`."),
    }
    if is_required:
        responses["428"] = _problem_response("The `If-Match` header is missing.")
    return {"parameters": [IF_MATCH | {"required": is_required}], "responses": responses}


class ProblemFault(BaseModel):
    """One thing that is wrong with a request."""

    field: str = Field(description="The path of the wrong field, such as `body.items.item-3`.")
    message: str


class Problem(BaseModel):
    """A refusal as a problem document (RFC 9457)."""

    type: str = Field(
        description="The stable identifier of the kind of error, such as "
        "`urn:casomb:problem:not-found`."
    )
    title: str
    status: int
    detail: str
    rule: str | None = Field(
        default=None, description="The rule that refuses the request. Absent if no rule does."
    )
    citation: str | None = Field(
        default=None,
        description="The citation of the rule, such as a section of a law. Absent if there "
        "is no rule.",
    )
    faults: list[ProblemFault] | None = Field(
        default=None,
        max_length=20,
        description="The first 20 things that are wrong. Absent if there are none.",
    )
    more_faults: int | None = Field(
        default=None,
        description="The number of things wrong beyond those in `faults`. Absent if `faults`"
        " has them all.",
    )
    correlation_id: str | None = None


def route_extras(
    methods: Iterable[str], roles: Iterable[str], services: Iterable[str] = ()
) -> dict[str, Any]:
    """The OpenAPI parts that one route adds to those that FastAPI writes."""
    extras: dict[str, Any] = {"x-roles": sorted(roles)}
    if alone := sorted(services):
        extras["x-services"] = alone
    if not {"GET", "HEAD"}.issuperset(methods):
        extras["parameters"] = [IDEMPOTENCY_KEY]
    return extras


def describe_problems(app: FastAPI) -> None:
    """Add the problem's schema, which all routes refer to, to the document."""
    document = app.openapi

    def with_problem() -> dict[str, Any]:
        made = document()
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        for model in (Problem, ProblemFault):
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schema.pop("$defs", None)
            schemas[model.__name__] = schema
        return made

    app.openapi = with_problem  # type: ignore[method-assign] # FastAPI's documented way
