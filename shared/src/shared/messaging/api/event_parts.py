"""What the event routes need in addition to what every route needs."""

from dataclasses import dataclass, field
from functools import cached_property

from shared.http.parts import RouteParts
from shared.messaging.api.feed_limits import FeedLimits
from shared.messaging.log.log_watch import LogWatch
from shared.security.entitlements import EventPolicy, load_policy


@dataclass(frozen=True, kw_only=True)
class EventParts(RouteParts):
    """The event policy, the feed's limits, and one watch over the log for all waiting readers."""

    event_policy: EventPolicy = field(default_factory=load_policy)
    feed_limits: FeedLimits = field(default_factory=FeedLimits)

    @cached_property
    def log_watch(self) -> LogWatch:
        """The watch, created when the first reader waits."""
        return LogWatch(self.database)
