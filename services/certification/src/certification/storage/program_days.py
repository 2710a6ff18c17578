"""A program's sites and certified providers on a day, for the public.

One statement reads both, because program pages are requested often.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB

from certification.domain.applications import Level
from certification.domain.directory import Site
from certification.domain.program_links import ListedProvider
from shared.database.transaction import Transaction

_ON_DAY = text(
    """
    SELECT
        (SELECT coalesce(jsonb_agg(to_jsonb(site) ORDER BY site.name, site.id), '[]')
         FROM program_sites site
         WHERE site.program_id = :program_id AND site.effective_from <= :day
           AND (site.effective_until IS NULL OR site.effective_until > :day)) AS sites,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'name', provider.name, 'number', standing.number, 'level', standing.level)
                ORDER BY provider.name, standing.number), '[]')
         FROM program_providers link
         JOIN providers provider ON provider.id = link.provider_id
         JOIN certification_standings standing ON standing.holder_id = link.provider_id
         WHERE link.program_id = :program_id AND link.effective_from <= :day
           AND (link.effective_until IS NULL OR link.effective_until > :day)
           AND standing.status = 'certified' AND standing.effective_from <= :day
           AND standing.effective_until > :day) AS providers
    """
).columns(sites=JSONB, providers=JSONB)


@dataclass(frozen=True)
class ProgramDay:
    """A program's sites on a day, and the certified providers who work with it."""

    sites: list[Site]
    providers: list[ListedProvider]


async def on_day(tx: Transaction, day: date, program_id: UUID) -> ProgramDay:
    """Read the sites and providers of a program on a day."""
    row = (await tx.execute(_ON_DAY, {"program_id": program_id, "day": day})).one()
    providers = [
        ListedProvider(each["name"], each["number"], Level(each["level"])) for each in row.providers
    ]
    return ProgramDay([_site_of(each) for each in row.sites], providers)


def _site_of(told: Mapping[str, Any]) -> Site:
    until = told["effective_until"]
    read = {
        "id": UUID(told["id"]),
        "program_id": UUID(told["program_id"]),
        "effective_from": date.fromisoformat(told["effective_from"]),
        "effective_until": date.fromisoformat(until) if until else None,
    }
    return Site(**{**told, **read})
