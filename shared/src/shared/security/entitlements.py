"""The policy of who may read which events: by role, by service, and by partner.

The policy is one YAML file; a setting may replace the packaged one. A service is identified by its
token's client, a partner by its token's subject. A caller that the file does not name may read
nothing.
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
    """The policy file is not valid; the message contains place and reason."""


@dataclass(frozen=True)
class Entitlement:
    """A right to read events of some types, with its purpose."""

    name: str
    purpose: str
    types: Sequence[str]
    """Event types, or patterns such as `scoring.*`."""

    def covers(self, event_type: str) -> bool:
        """Whether it allows reading a type."""
        return any(fnmatchcase(event_type, pattern) for pattern in self.types)


@dataclass(frozen=True)
class EventPolicy:
    """The parsed policy file."""

    by_role: Mapping[Role, Sequence[Entitlement]]
    by_service: Mapping[str, Sequence[Entitlement]]
    by_partner: Mapping[str, Sequence[Entitlement]]

    def entitlements_of(self, actor: Actor) -> list[Entitlement]:
        """Return the caller's entitlements, each one once."""
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
        raise whole.fault(
            "roles: service: list each service under `services` instead, with the "
            "events it consumes"
        )
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
