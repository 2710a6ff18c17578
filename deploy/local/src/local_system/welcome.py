"""What `make run` prints when everything is up: tokens, addresses, three commands to try."""

import os
import textwrap
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit

from local_system.credentials import SERVICES
from local_system.ports import DEFAULT_BASE
from local_system.state import state_from, write_secret
from local_system.system import System
from shared.law.reading.rulebook import load_edition
from shared.process.settings import LawSettings
from shared.security.principals import Role

WIDTH = 100
AGENCY, UNIT = "sacramento-probation", "containment"
AGENCY_ROLES = (Role.OFFICER, Role.UNIT_SUPERVISOR, Role.AGENCY_LEAD)
PREVIEW = (
    '{"edition": "standards-2012", "rule": "dynamic-score-to-doj", '
    '"facts": {"receipt": "2026-11-20"}}'
)


def keep_tokens(system: System) -> dict[Role, Path]:
    """Write a new token per role to the state folder."""
    kept = {}
    for role in Role:
        of_agency = role in AGENCY_ROLES
        token = system.token(
            role, agency=AGENCY if of_agency else None, unit=UNIT if of_agency else None
        )
        kept[role] = system.state.tokens / role
        write_secret(kept[role], f"{token}\n")
    return kept


def welcome(system: System) -> Iterator[str]:
    """The lines to print; the most useful ones come last, so that they stay visible."""
    yield ""
    yield (
        "A token per role, valid for 12 hours, also in "
        f"{short(system.state.tokens)}/<role> (for another: {make(system, 'token ROLE=officer')}):"
    )
    for role, file in keep_tokens(system).items():
        yield f"  {role:<23} {file.read_text().strip()}"
    yield ""
    yield "Addresses (API pages work without the internet):"
    for service in SERVICES:
        yield f"  {service:<14} {system.url(service)}/docs"
    yield f"  {'directory':<14} {system.url('certification')}/directory (for people)"
    yield f"  {'DOJ simulator':<14} {system.url('simulator')}/docs"
    yield f"  {'token issuer':<14} {system.url('issuer')}/.well-known/openid-configuration"
    yield f"  {'PostgreSQL':<14} {urlsplit(system.database_server).netloc.rpartition('@')[2]}"
    yield f"  {'Kafka':<14} {system.kafka_bootstrap}"
    yield f"  {'logs':<14} {short(system.state.folder / 'logs')}/"
    yield ""
    yield "The law in force is the edition standards-2012. Later law applies to assessments from"
    yield f"January 1, 2025; to see its effect: {make(system, 'rules-diff EDITION=sb-1473')}"
    yield ""
    yield f"Lists are empty at first: {make(system, 'seed')} adds sample data in minutes."
    yield "Three commands to try:"
    yield from commands(system)
    yield ""
    yield from law_in_force()
    yield "Ctrl-C stops everything; make run starts it again with the same data."


def law_in_force() -> Iterator[str]:
    """The law that counts due dates here, and what a later edition would change."""
    name: str = LawSettings.model_fields["rulebook_edition"].default
    if notice := load_edition(name).notice:
        yield from textwrap.wrap(notice, WIDTH)
        yield ""


def commands(system: System) -> Iterator[str]:
    """Commands that work as they stand, pasted into a shell in this folder."""
    officer = quote(short(system.state.tokens / Role.OFFICER))
    bearer = f'-H "Authorization: Bearer $(cat {officer})"'
    yield f"  curl -s '{system.url('certification')}/v1/directory?county=Sacramento'"
    yield f"  curl -s {bearer} {system.url('supervision')}/v1/duties"
    yield (
        f"  curl -s {bearer} -H 'Content-Type: application/json' -d '{PREVIEW}' "
        f"{system.url('doj-gateway')}/v1/deadline-previews"
    )


def make(system: System, target: str) -> str:
    """A make command for this system, with STATE and PORT_BASE unless they are the defaults."""
    words = [f"make {target}"]
    if system.state != state_from({}):
        words.append(f"STATE={quote(short(system.state.folder))}")
    if system.ports.offset_from != DEFAULT_BASE:
        words.append(f"PORT_BASE={system.ports.offset_from}")
    return " ".join(words)


def short(path: Path) -> str:
    """The path relative to the current folder if it is inside it; otherwise the full path."""
    here = Path(os.getcwd())  # noqa: PTH109 - as the shell sees it
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
