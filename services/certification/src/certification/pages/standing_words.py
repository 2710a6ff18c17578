"""Sentences about a program that is not certified on a day."""

from collections.abc import Mapping

from certification.domain.register import RegisterEntry
from certification.domain.standings import Status
from certification.pages.rendering import day_words

SENTENCES: Mapping[Status, str] = {
    Status.NOT_YET_CERTIFIED: "It had not been certified yet.",
    Status.SUSPENDED: "Its certification has been suspended since {since}. It may not provide "
    "treatment.",
    Status.REVOKED: "The Board revoked its certification on {since}.",
    Status.SURRENDERED: "It gave up its certification on {since}.",
    Status.EXPIRED: "Its certification ended without renewal. {since} was its first day without "
    "certification.",
    Status.REPLACED: "Its certification was replaced by another one on {since}.",
    Status.VOIDED: "Its certification was recorded by mistake and has been void since {since}.",
}
"""The sentence for every status except certified."""


def standing_in_words(entry: RegisterEntry) -> str:
    """Return why the program is not listed, and since when."""
    return SENTENCES[entry.status].format(since=day_words(entry.since) if entry.since else "")
