"""Who may read which events: by role, each service what it consumes, partners what they were given.

The policy is one YAML file, the packaged one unless a setting names another. A service is known by
the client of its token, a partner by the subject; whom the file does not name may read nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path

from shared.data_files.data_file import DataFileError, Section, parsed
from shared.events.catalog import SERVICES
from shared.security.principals import Actor, Role

PACKAGED = "policy.yaml"


class PolicyRefusedError(Exception):
    """The policy file cannot be believed; the message names place and reason."""


@dataclass(frozen=True)
class Entitlement:
    """A right to read events of some types, with the reason it exists."""

    name: str
    purpose: str
    types: Sequence[str]
    """Types, or patterns such as `scoring.*`."""

    def covers(self, event_type: str) -> bool:
        """Whether it allows a type."""
        return any(fnmatchcase(event_type, pattern) for pattern in self.types)


@dataclass(frozen=True)
class EventPolicy:
    """The file, read."""

    by_role: Mapping[Role, Sequence[Entitlement]]
    by_service: Mapping[str, Sequence[Entitlement]]
    by_partner: Mapping[str, Sequence[Entitlement]]

    def entitlements_of(self, actor: Actor) -> list[Entitlement]:
        """Return what somebody is entitled to, each entitlement once."""
        found = {each.name: each for role in actor.roles for each in self.by_role.get(role, ())}
        if actor.service:
            found |= {each.name: each for each in self.by_service.get(actor.service, ())}
        if actor.has(Role.PARTNER):
            found |= {each.name: each for each in self.by_partner.get(actor.subject, ())}
        return [found[name] for name in sorted(found)]


def load_policy(file: str = "") -> EventPolicy:
    """Read the policy; raises PolicyRefusedError with file, place and reason."""
    packaged = files("shared.security").joinpath(PACKAGED)
    try:
        text = Path(file).read_text(encoding="utf-8") if file else packaged.read_text("utf-8")
        return _policy(parsed(file or PACKAGED, text))
    except OSError as error:
        raise PolicyRefusedError(f"{file}: {error.strerror}") from None
    except DataFileError as error:
        raise PolicyRefusedError(str(error)) from None


def _policy(whole: Section) -> EventPolicy:
    entitlements = {
        name: _entitlement(name, section)
        for name, section in whole.named_sections("entitlements").items()
    }
    by_role = _given(whole.section("roles"), entitlements)
    if unknown := sorted(set(by_role) - set(Role)):
        raise whole.fault(f"unknown role {', '.join(unknown)}")
    if Role.SERVICE in by_role:
        raise whole.fault("roles: service: name each service under services, with what it consumes")
    by_service = _given(whole.section("services"), entitlements)
    if unknown := sorted(set(by_service) - set(SERVICES)):
        raise whole.fault(f"unknown service {', '.join(unknown)}")
    by_partner = _given(whole.section("partners"), entitlements) if whole.has("partners") else {}
    whole.finish()
    roles = {Role(role): given for role, given in by_role.items()}
    return EventPolicy(roles, by_service, by_partner)


def _entitlement(name: str, section: Section) -> Entitlement:
    made = Entitlement(name, section.text("purpose"), section.texts("types"))
    section.finish()
    return made


def _given(
    section: Section, entitlements: Mapping[str, Entitlement]
) -> dict[str, Sequence[Entitlement]]:
    given: dict[str, Sequence[Entitlement]] = {}
    for holder in section.names():
        names = section.texts(holder)
        if unknown := sorted(set(names) - set(entitlements)):
            raise section.fault(f"{holder}: unknown entitlement {', '.join(unknown)}")
        given[holder] = [entitlements[name] for name in names]
    return given
