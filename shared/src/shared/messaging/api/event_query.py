"""The feed's query parameters, and its answers."""

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
    """Position and filters of the feed."""

    model_config = ConfigDict(extra="forbid")

    after: AfterPosition | None = Field(
        default=None,
        description="The position after which to read, as `<epoch>:<sequence>`: the `next` of"
        " the previous page. If omitted, the beginning of the log.",
    )
    limit: int = Field(
        default=100, ge=1, le=LARGEST_PAGE, description="The maximum number of events on one page."
    )
    type: list[str] = Field(
        default=[],
        max_length=MOST_TYPES,
        description="Only events of these types. If omitted, all types that you may read.",
    )
    subject: UUID | None = Field(default=None, description="Only events about this subject.")
    partition: int | None = Field(
        default=None, ge=0, le=_MOST_PARTITIONS, description="Only events of this Kafka partition."
    )
    wait: int = Field(
        default=0,
        ge=0,
        le=LONGEST_WAIT_SECONDS,
        description="How many seconds to wait for an event if there is no new one yet.",
    )

    @property
    def position(self) -> Position | None:
        """The position after which to read; None is the beginning of the log."""
        return None if self.after is None else Position.read(self.after)


AskedFor = Annotated[EventQuery, Query()]


class CloudEvent(BaseModel):
    """An event in the JSON format of CloudEvents 1.0; its type's schema describes `data`."""

    specversion: str
    id: UUID
    source: str = Field(description="The service that published the event.")
    type: str
    time: str = Field(description="When the event was recorded.")
    subject: UUID = Field(description="ID of the record the event is about.")
    datacontenttype: str
    dataschema: str = Field(description="The address of the JSON Schema of `data`.")
    sequence: int = Field(
        description="The event's number in the service's log. Numbers have no gaps."
    )
    previoussequence: int = Field(
        description="The sequence of the previous event in the same Kafka partition."
    )
    logepoch: int = Field(
        description="The epoch of the log. It increases when the log restarts after a "
        "database restore."
    )
    partition: int = Field(description="The Kafka partition of the event.")
    correlationid: UUID = Field(description="ID that connects all events of one request.")
    causationid: UUID | None = Field(
        default=None,
        description="ID of the event that caused this one. Absent if a request caused it.",
    )
    traceparent: str | None = Field(
        default=None, description="The W3C trace context. Absent if the request had no trace."
    )
    data: dict[str, Any]


class EventPage(BaseModel):
    """A page of events as one JSON object, for callers that accept `application/json`."""

    items: list[CloudEvent]
    next: str = Field(description="The position after which to read the next page. Never null.")
    epoch: int = Field(description="The current epoch of the log.")
    sequenced_through: int = Field(
        description="The last sequence of the log when the page was read."
    )
    tails: list[int] = Field(
        description="The last sequence of each partition when the page was read, by "
        "partition number."
    )


def page_headers(page: FeedPage, link: str) -> dict[str, str]:
    """The headers of a batch, which is a plain array and has no place for them."""
    return {
        "Link": f'<{link}>; rel="next"',
        "X-Log-Next": str(page.next),
        "X-Log-Sequenced-Through": str(page.sequenced_through),
        "X-Log-Tails": ",".join(map(str, page.tails)),
    }
