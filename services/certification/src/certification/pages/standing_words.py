"""How a program that is not certified on a day stands in the register, in a sentence."""

from collections.abc import Mapping

from certification.domain.register import RegisterEntry
from certification.domain.standings import Status
from certification.pages.rendering import day_words

SENTENCES: Mapping[Status, str] = {
    Status.NOT_YET_CERTIFIED: "It was not certified yet.",
    Status.SUSPENDED: "Its certification has been suspended since {since}: it may not treat.",
    Status.REVOKED: "The Board revoked its certification on {since}.",
    Status.SURRENDERED: "It gave up its certification on {since}.",
    Status.EXPIRED: "Its certification ended without renewal; {since} was the first day without.",
    Status.REPLACED: "Its certification was replaced by another on {since}.",
    Status.VOIDED: "A certification was recorded by mistake; it has been void since {since}.",
}
"""By every status but certified, whose programs have pages of their own."""


def standing_in_words(entry: RegisterEntry) -> str:
    """Say why there is no page, and since when."""
    return SENTENCES[entry.status].format(since=day_words(entry.since) if entry.since else "")
