"""What the background loops of this service do beyond those of every service."""

from collections.abc import Sequence
from datetime import timedelta

from doj_gateway import consumed
from doj_gateway.domain.delays import AskingPolicy
from doj_gateway.domain.notices import NoticePatience
from doj_gateway.domain.owed_scores import Forwarding
from doj_gateway.partners.connections import connect
from doj_gateway.partners.doj import DojIntake
from doj_gateway.partners.doj_notices import DojNotices
from doj_gateway.partners.scoring import ScoringClient
from doj_gateway.partners.service_calls import ServiceCalls
from doj_gateway.partners.supervision import SupervisionClient
from doj_gateway.sender.delivery import Delivery
from doj_gateway.sender.limits import Limits
from doj_gateway.sender.loop import Sender
from doj_gateway.sender.matching import Matching
from doj_gateway.sender.partners import Partners
from doj_gateway.sender.pulling import Pulling
from doj_gateway.service import SERVICE
from doj_gateway.settings import Settings
from shared.composition.loops import database_of
from shared.law.clerk.loop import Work
from shared.law.in_force import Law, load_law
from shared.messaging.consuming.handlers import EventHandlers
from shared.security.personal_fields import PersonalFields
from shared.security.service_identity import ServiceIdentity


def handlers(settings: Settings) -> EventHandlers:
    """Return the event handlers of the consumer."""
    forwarding = Forwarding.AT_ONCE if settings.forward_on_receipt else Forwarding.BY_THE_OWNER
    law = load_law(settings.rulebook_edition, settings.law_folder)
    return consumed.handlers(law, forwarding)


def works(settings: Settings, law: Law) -> Sequence[Work]:
    """Return no extra work of the clerk: here it only sends notices of due dates."""
    del settings, law
    return ()


def build_sender(
    settings: Settings, partners: Partners | None = None, limits: Limits | None = None
) -> Sender:
    """Build the loop that sends scores to DOJ and acknowledges its notices."""
    limits, partners = limits or Limits(), partners or build_partners(settings)
    database = database_of(SERVICE, settings, "sender")
    fields = PersonalFields(settings)
    asking = asking_policy(settings)
    law = load_law(settings.rulebook_edition, settings.law_folder)
    delivery = Delivery(database, partners, law, fields, asking, limits)
    patience = NoticePatience(
        timedelta(hours=settings.notice_patience_hours), settings.notice_day_tolerance
    )
    matching = Matching(database, partners, fields, patience, limits)
    pulling = Pulling(database, partners, fields)
    return Sender(settings, database, partners, delivery, matching, pulling, limits)


def asking_policy(settings: Settings) -> AskingPolicy:
    """Return how often DOJ is asked, according to the settings."""
    return AskingPolicy(
        first=timedelta(seconds=settings.doj_acknowledgment_poll_seconds),
        then_every=timedelta(hours=settings.doj_watch_hours),
        then_for=timedelta(days=settings.doj_watch_days),
        clock_tolerance=timedelta(seconds=settings.doj_clock_tolerance_seconds),
    )


def build_partners(settings: Settings) -> Partners:
    """Build the clients of the sender. They connect at the first call."""
    identity = ServiceIdentity(settings)
    intake_key = {"X-Intake-Key": settings.doj_intake_key.get_secret_value()}
    supervision, scoring = connect(settings.supervision_url), connect(settings.scoring_url)
    return Partners(
        doj=DojIntake(connect(settings.doj_intake_url, intake_key)),
        doj_notices=DojNotices(connect(settings.doj_intake_url, intake_key)),
        supervision=SupervisionClient(ServiceCalls(supervision, identity, "supervision")),
        scoring=ScoringClient(ServiceCalls(scoring, identity, "scoring")),
        identity=identity,
    )
