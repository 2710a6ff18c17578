"""Gives the law in force to routes that open duties."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from shared.http.parts import RouteParts, parts_of
from shared.law.in_force import Law


@dataclass(frozen=True, kw_only=True)
class LawParts(RouteParts):
    """The law that the settings select, read once at start."""

    law: Law


async def _law(request: Request) -> Law:
    return parts_of(request, LawParts).law


CurrentLaw = Annotated[Law, Depends(_law)]
