"""The composition root of the loops: one process runs them all, or each its own."""

from datetime import timedelta
from functools import partial

from doj_gateway.consumed import handlers
from doj_gateway.domain.delays import AskingPolicy
from doj_gateway.domain.notices import Patience
from doj_gateway.partners.connections import connect
from doj_gateway.partners.doj import DojIntake
from doj_gateway.partners.doj_notices import DojNotices
from doj_gateway.partners.scoring import Scoring
from doj_gateway.partners.service_calls import ServiceCalls
from doj_gateway.partners.supervision import Supervision
from doj_gateway.sender.delivery import Delivery
from doj_gateway.sender.limits import Limits
from doj_gateway.sender.loop import Sender
from doj_gateway.sender.matching import Matching
from doj_gateway.sender.partners import Partners
from doj_gateway.sender.pulling import Pulling
from doj_gateway.service import SERVICE
from doj_gateway.settings import Settings
from doj_gateway.use_cases.queue_submission import Forwarding
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.kept_answers import remove_old_answers
from shared.law.clerk.loop import Clerk
from shared.law.in_force import load_law
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.feed_client import FeedClient
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.publishing.publisher import Publisher
from shared.security.personal_fields import PersonalFields
from shared.security.service_identity import ServiceIdentity


def build_publisher(settings: Settings) -> Publisher:
    """Build the loop that carries events to Kafka."""
    return Publisher(settings, settings, service=SERVICE.name)


def build_handlers(settings: Settings) -> EventHandlers:
    """Build what answers other services' events."""
    forwarding = Forwarding.AT_ONCE if settings.forward_on_receipt else Forwarding.BY_THE_OWNER
    return handlers(load_law(settings.rulebook_edition, settings.law_folder), forwarding)


def build_consumer(settings: Settings) -> Consumer:
    """Build the loop that carries other services' events into this one."""
    database = Database(
        create_engine(settings, f"{SERVICE.name} consumer"), SystemClock(), SERVICE.name
    )
    return Consumer(
        database,
        settings,
        service=SERVICE.name,
        handlers=build_handlers(settings),
        feed=FeedClient.of(settings),
    )


def build_clerk(settings: Settings) -> Clerk:
    """Build the loop that tells of due dates, near or past."""
    engine = create_engine(settings, f"{SERVICE.name} clerk")
    database = Database(engine, SystemClock(), SERVICE.name)
    law = load_law(settings.rulebook_edition, settings.law_folder)
    forget = partial(remove_old_answers, kept_hours=settings.answers_kept_hours)
    return Clerk(settings, database, law, works=(forget,))


def build_sender(
    settings: Settings, partners: Partners | None = None, limits: Limits | None = None
) -> Sender:
    """Build the loop that carries scores to DOJ and answers its notices."""
    limits, partners = limits or Limits(), partners or build_partners(settings)
    database = Database(
        create_engine(settings, f"{SERVICE.name} sender"), SystemClock(), SERVICE.name
    )
    fields = PersonalFields(settings)
    asking = asking_policy(settings)
    law = load_law(settings.rulebook_edition, settings.law_folder)
    delivery = Delivery(database, partners, law, fields, asking, limits)
    patience = Patience(
        timedelta(hours=settings.notice_patience_hours), settings.notice_day_tolerance
    )
    matching = Matching(database, partners, fields, patience, limits)
    pulling = Pulling(database, partners, fields)
    return Sender(settings, database, partners, delivery, matching, pulling, limits)


def asking_policy(settings: Settings) -> AskingPolicy:
    """How DOJ is asked, as the settings say."""
    return AskingPolicy(
        first=timedelta(seconds=settings.doj_acknowledgment_poll_seconds),
        then_every=timedelta(hours=settings.doj_watch_hours),
        then_for=timedelta(days=settings.doj_watch_days),
        clock_tolerance=timedelta(seconds=settings.doj_clock_tolerance_seconds),
    )


def build_partners(settings: Settings) -> Partners:
    """Build the clients of those whom the sender calls; nothing connects before the first call."""
    identity = ServiceIdentity(settings)
    intake_key = {"X-Intake-Key": settings.doj_intake_key.get_secret_value()}
    supervision, scoring = connect(settings.supervision_url), connect(settings.scoring_url)
    return Partners(
        doj=DojIntake(connect(settings.doj_intake_url, intake_key)),
        doj_notices=DojNotices(connect(settings.doj_intake_url, intake_key)),
        supervision=Supervision(ServiceCalls(supervision, identity, "supervision")),
        scoring=Scoring(ServiceCalls(scoring, identity, "scoring")),
        identity=identity,
    )
