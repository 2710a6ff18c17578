"""What may be asked of the feed, and what is answered beside the events."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from shared.messaging.log.feed import FeedPage
from shared.messaging.log.positions import Position

LARGEST_PAGE = 1_000
LONGEST_WAIT_SECONDS = 30
MOST_TYPES = 50
_MOST_PARTITIONS = 32_767


def _written_as_a_position(value: str) -> str:
    return str(Position.read(value))


AfterPosition = Annotated[
    str,
    AfterValidator(_written_as_a_position),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[1-9][0-9]{0,17}:(0|[1-9][0-9]{0,17})$",
            "examples": ["1:0"],
        }
    ),
]


class EventQuery(BaseModel):
    """How the feed is read on and narrowed."""

    model_config = ConfigDict(extra="forbid")

    after: AfterPosition | None = Field(
        default=None,
        description="Where to read on, as `<epoch>:<sequence>`: the `next` of the page before."
        " Left out: the beginning of the log.",
    )
    limit: int = Field(default=100, ge=1, le=LARGEST_PAGE, description="Events on a page.")
    type: list[str] = Field(
        default=[], max_length=MOST_TYPES, description="Events of these types alone."
    )
    subject: UUID | None = Field(default=None, description="Events of one subject alone.")
    partition: int | None = Field(
        default=None, ge=0, le=_MOST_PARTITIONS, description="Events of one Kafka partition alone."
    )
    wait: int = Field(
        default=0,
        ge=0,
        le=LONGEST_WAIT_SECONDS,
        description="Seconds to wait for an event where there is none yet.",
    )

    @property
    def position(self) -> Position | None:
        """Where to read on; None is the beginning of the log."""
        return None if self.after is None else Position.read(self.after)


AskedFor = Annotated[EventQuery, Query()]


class CloudEvent(BaseModel):
    """An event in the JSON format of CloudEvents 1.0; `data` is described by its type's schema."""

    specversion: str
    id: UUID
    source: str
    type: str
    time: str
    subject: UUID
    datacontenttype: str
    dataschema: str
    sequence: int = Field(description="The event's place in the service's log, without holes.")
    previoussequence: int = Field(description="The one before it in the same Kafka partition.")
    logepoch: int = Field(description="The epoch of the log; grows when a log had to begin anew.")
    partition: int
    correlationid: UUID
    causationid: UUID | None = None
    traceparent: str | None = None
    data: dict[str, Any]


class EventPage(BaseModel):
    """The same page for those who ask for `application/json`."""

    items: list[CloudEvent]
    next: str = Field(description="Where to read on; never null, for the log goes on.")
    epoch: int
    sequenced_through: int = Field(description="The last sequence of the log at that moment.")
    tails: list[int] = Field(description="The last sequence of each partition at that moment.")


def page_headers(page: FeedPage, link: str) -> dict[str, str]:
    """What stands beside a batch, which is a bare array."""
    return {
        "Link": f'<{link}>; rel="next"',
        "X-Log-Next": str(page.next),
        "X-Log-Sequenced-Through": str(page.sequenced_through),
        "X-Log-Tails": ",".join(map(str, page.tails)),
    }
