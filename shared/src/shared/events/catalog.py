"""The catalog of all event types with examples, from which documents and tests are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import shared.events.certification
import shared.events.doj_gateway
import shared.events.duties
import shared.events.scoring
import shared.events.supervision
import shared.events.work_items  # noqa: F401 - importing a module is what registers its events
from shared.events.event import Event

SERVICES = ("certification", "supervision", "scoring", "doj-gateway")
ANY_SERVICE = "<service>"


@dataclass(frozen=True)
class CatalogEntry:
    """One event type; types of duties and work items exist once per service."""

    event: type[Event]

    @property
    def title(self) -> str:
        """The type, with `<service>` if every service has one."""
        return self.event.type_for(ANY_SERVICE)

    @property
    def types(self) -> tuple[str, ...]:
        """The types as they are sent."""
        services = (self.event.service,) if self.event.service else SERVICES
        return tuple(self.event.type_for(service) for service in services)

    @property
    def meaning(self) -> str:
        """What it means, in a sentence or two."""
        return " ".join((self.event.__doc__ or "").split())

    @property
    def example(self) -> str:
        """The JSON of an example's data."""
        name = self.title.removeprefix(f"{ANY_SERVICE}.")
        return files("shared.events").joinpath("examples", f"{name}.json").read_text()


def catalog() -> list[CatalogEntry]:
    """Every type, service by service; the types that all services have come last."""
    order = {service: place for place, service in enumerate((*SERVICES, ""))}
    found = {event for event in _concrete(Event) if event.__module__.startswith("shared.events")}
    by_service = sorted(found, key=lambda event: (order[event.service], event.noun_verb))
    return [CatalogEntry(event) for event in by_service]


def _concrete(kind: type[Event]) -> Iterator[type[Event]]:
    for each in kind.__subclasses__():
        if "noun_verb" in each.__dict__:
            yield each
        yield from _concrete(each)
