"""Limits of the feed for each partner; our own services repair gaps without limits.

A partner is identified by the subject of its token. Requests over a limit are answered with 429 and
Retry-After, so they affect neither the database's connections nor other readers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.http.rate_limits import MinuteLimit, OnceLimit
from shared.process.settings import PolicySettings
from shared.security.principals import Actor

OF_WHOM = "one reader of the feed"


class FeedLimits:
    """The limits from the settings."""

    def __init__(self, settings: PolicySettings | None = None) -> None:
        allowed = settings or PolicySettings()
        self.readers_per_partner = allowed.event_readers_per_partner
        self._asked = MinuteLimit(allowed.feed_requests_per_minute)
        self._waiting = OnceLimit(allowed.feed_waiting_requests)

    @contextmanager
    def bounded(self, actor: Actor, *, waits: bool) -> Iterator[None]:
        """Count a request for the feed while the block runs; a request over a limit gets 429."""
        if actor.service is not None:
            yield
            return
        self._asked.count(actor.subject, OF_WHOM)
        if not waits:
            yield
            return
        with self._waiting.held(actor.subject, OF_WHOM):
            yield
