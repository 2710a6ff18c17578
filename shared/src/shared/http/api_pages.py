"""What the API pages say of every route alike: refusals as problems, keys on writes, roles."""

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
        "What was sent is wrong: its shape, a code, a date, a key with another body."
    ),
    "4XX": _problem_response("Refused; the problem's type, rule and faults say why."),
    "5XX": _problem_response("Not possible just now."),
}

IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A key of your own making for this request, such as a new UUID. If you repeat"
    " the request with the same key and the same rights, you get the stored answer, and nothing is"
    " done again. Another request or other rights under a key are refused with 422. The answer is"
    " kept for 24 hours unless the operator sets another time. After that, the key is a new one.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "description": 'The `ETag` of the version that you have seen, such as `"3"`. Several may be'
    ' named, as in `"3", "4"`. If another version stands, the answer is 412 and nothing is changed.'
    " If the header is missing where it is not required, any version may stand.",
    "schema": {"type": "string", "examples": ['"3"']},
}
ETAG_HEADER: dict[str, Any] = {
    "description": "The version that the changed thing has now. Send it as `If-Match` with the next"
    " change.",
    "schema": {"type": "string", "examples": ['"4"']},
}


def summary_of(operation_id: str) -> str:
    """The line that names an operation: `draft_assessment` is shown as "Draft assessment"."""
    return operation_id.replace("_", " ").capitalize()


def versioned(status: int, *, is_required: bool) -> dict[str, Any]:
    """What the description of a route says that takes `If-Match`."""
    responses = {
        str(status): {"headers": {"ETag": ETAG_HEADER}},
        "412": _problem_response("Another version stands than those named in `If-Match`."),
    }
    if is_required:
        responses["428"] = _problem_response("`If-Match` is missing.")
    return {"parameters": [IF_MATCH | {"required": is_required}], "responses": responses}


class ProblemFault(BaseModel):
    """One thing that is wrong."""

    field: str = Field(description="Where, as a path such as `body.items.item-3`.")
    message: str


class Problem(BaseModel):
    """A refusal, as RFC 9457 has it."""

    type: str = Field(description="Stable; `urn:casomb:problem:` and what is wrong.")
    title: str
    status: int
    detail: str
    rule: str | None = Field(default=None, description="The rule that refuses, where one does.")
    citation: str | None = Field(default=None, description="Where that rule stands.")
    faults: list[ProblemFault] | None = Field(
        default=None, max_length=20, description="The first 20 things that are wrong."
    )
    more_faults: int | None = Field(
        default=None, description="How many more things are wrong. Absent if `faults` has them all."
    )
    correlation_id: str | None = None


def route_extras(
    methods: Iterable[str], roles: Iterable[str], services: Iterable[str] = ()
) -> dict[str, Any]:
    """What the description of one route adds to FastAPI's own."""
    extras: dict[str, Any] = {"x-roles": sorted(roles)}
    if alone := sorted(services):
        extras["x-services"] = alone
    if not {"GET", "HEAD"}.issuperset(methods):
        extras["parameters"] = [IDEMPOTENCY_KEY]
    return extras


def describe_problems(app: FastAPI) -> None:
    """Put the problem's schema into the document that all routes refer to."""
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
