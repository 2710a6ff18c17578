"""The parts of a service's application, made from its settings."""

from dataclasses import dataclass
from typing import Any, Self

from shared.clock import Clock, SystemClock
from shared.composition.service import Service
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.law.api.law_dependency import LawParts
from shared.law.in_force import load_law
from shared.messaging.api.event_parts import EventParts
from shared.messaging.api.feed_limits import FeedLimits
from shared.process.settings import ServiceSettings
from shared.schema.schema_check import SchemaCheck
from shared.security.entitlements import load_policy
from shared.security.personal_fields import PersonalFields
from shared.security.tokens import Authenticator


@dataclass(frozen=True, kw_only=True)
class ServiceParts(LawParts, EventParts):
    """What the shared routes need; a service with more routes extends it."""

    @classmethod
    def of(
        cls,
        service: Service,
        settings: ServiceSettings,
        clock: Clock | None,
        **own: Any,  # noqa: ANN401 - the fields of a subclass, and the defaults that it replaces
    ) -> Self:
        """Make the parts from the settings; nothing connects yet."""
        engine = create_engine(settings, f"{service.name} api")
        return cls(
            database=Database(engine, clock or SystemClock(), service.name),
            authenticator=Authenticator(settings),
            personal_fields=PersonalFields(settings),
            checks={"database": SchemaCheck(engine, service.migrations)},
            law=load_law(settings.rulebook_edition, settings.law_folder),
            event_policy=load_policy(settings.policy_file),
            feed_limits=FeedLimits(settings),
            **own,
        )
