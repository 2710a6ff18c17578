"""Finds which part of a request a fault's field was sent in: body, query, path or headers.

The domain names fields and knows no HTTP. A route knows where it takes each field from, so the
answer contains `body.effective_on` for the field `effective_on`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol, get_args

from fastapi.dependencies.models import Dependant  # codespell:ignore dependant - FastAPI's
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shared.errors import WHOLE, Fault

BODY = "body"
PLACES = (f"{BODY}.", "query.", "path.", "header.")


class Taken(Protocol):
    """A parameter of a route, as FastAPI stores it."""

    field_info: FieldInfo

    @property
    def alias(self) -> str:
        """The parameter's name in the request."""
        ...


class FaultPlaces:
    """Where one route takes each of its fields from."""

    def __init__(self, route: APIRoute) -> None:
        self._route = route

    def placed(self, fault: Fault) -> Fault:
        """The fault with the part of the request before its field; unchanged for an unknown field.

        If the route reads the body itself (a list of lines), unknown fields count as body fields.
        """
        if fault.field == WHOLE:
            return replace(fault, field=BODY)
        if fault.field.startswith(PLACES):
            return fault
        name = fault.field.partition(".")[0]
        place = self._places.get(name.casefold()) or (BODY if self._reads_its_body else None)
        return fault if place is None else replace(fault, field=f"{place}.{fault.field}")

    @cached_property
    def _reads_its_body(self) -> bool:
        return "requestBody" in (self._route.openapi_extra or {})

    @cached_property
    def _places(self) -> Mapping[str, str]:
        found = {
            name.casefold(): place
            for taken in _taken_by(self._route.dependant)  # codespell:ignore dependant
            for place, params in taken.items()
            for param in params
            for name in _fields_of(param.field_info.annotation) or [param.alias]
        }
        body = self._route.body_field
        if body is not None:
            found |= {name.casefold(): BODY for name in _fields_of(body.field_info.annotation)}
        return found


def _taken_by(
    dependant: Dependant,  # codespell:ignore dependant - FastAPI's
) -> Iterator[Mapping[str, Sequence[Taken]]]:
    """The parameters of a route's handler and of everything it depends on."""
    yield {
        "path": dependant.path_params,  # codespell:ignore dependant
        "query": dependant.query_params,  # codespell:ignore dependant
        "header": dependant.header_params,  # codespell:ignore dependant
    }
    for each in dependant.dependencies:  # codespell:ignore dependant
        yield from _taken_by(each)


def _fields_of(annotation: object) -> list[str]:
    """The fields of a model, or of each model in a union."""
    return [
        field.alias or name
        for model in _models(annotation)
        for name, field in model.model_fields.items()
    ]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from _models(each)
