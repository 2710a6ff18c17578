"""The feed: the log over HTTP, each page one snapshot, and `next` always where to read on."""

import asyncio
from uuid import UUID

import pytest

from integration.messaging.feed_reader import FeedReader
from shared.identifiers import new_id
from shared.messaging.wire.cloud_events import BATCH_MEDIA
from shared.messaging.wire.partitioning import partition_of
from shared.testing.messaging import running
from shared.testing.two_services import PARTITIONS, TwoServices

PUBLISHED = "SELECT published_through FROM published"


@pytest.fixture
def feed(services: TwoServices) -> FeedReader:
    return FeedReader(services)


async def announced(services: TwoServices, *things: UUID) -> None:
    """Announce one fact about each thing, and have them published."""
    for thing in things:
        await services.announce(thing, 1)
    async with running(services.publisher()):
        await services.until_values([len(things)], PUBLISHED)


async def test_a_log_that_never_began_is_empty(feed: FeedReader) -> None:
    page = await feed.page()

    assert page == {"items": [], "next": "1:0", "epoch": 1, "sequenced_through": 0, "tails": []}


async def test_the_feed_gives_what_the_topic_has(services: TwoServices, feed: FeedReader) -> None:
    await announced(services, *(new_id() for _ in range(5)))

    items = (await feed.page())["items"]

    on_topic = {
        int(headers["ce_sequence"]): headers
        for records in await services.records()
        for record in records
        if "ce_sequence" in (headers := {name: value.decode() for name, value in record.headers})
    }
    assert [item["sequence"] for item in items] == [1, 2, 3, 4, 5]
    for item in items:
        headers = on_topic[item["sequence"]]
        same = set(item) - {"data", "partition", "datacontenttype", "traceparent"}
        assert {name: str(item[name]) for name in same} == {
            name: headers[f"ce_{name}"] for name in same
        }


async def test_pages_follow_each_other_to_the_end(services: TwoServices, feed: FeedReader) -> None:
    await announced(services, *(new_id() for _ in range(5)))

    first = await feed.page(limit=2)
    second = await feed.page(limit=2, after=first["next"])
    third = await feed.page(limit=2, after=second["next"])
    fourth = await feed.page(limit=2, after=third["next"])

    assert [page["next"] for page in (first, second, third, fourth)] == ["1:2", "1:4", "1:5", "1:5"]
    assert [len(page["items"]) for page in (first, second, third, fourth)] == [2, 2, 1, 0]


async def test_a_batch_is_a_bare_array_with_its_place_in_the_headers(
    services: TwoServices, feed: FeedReader
) -> None:
    await announced(services, new_id(), new_id(), new_id())

    answer = await feed.batch(limit=2)

    assert answer.headers["content-type"] == BATCH_MEDIA
    assert [item["sequence"] for item in answer.json()] == [1, 2]
    assert answer.headers["x-log-next"] == "1:2"
    assert answer.headers["x-log-sequenced-through"] == "3"
    assert answer.headers["link"] == '</v1/events?limit=2&after=1%3A2>; rel="next"'


async def test_one_subject_and_one_partition_are_read_alone(
    services: TwoServices, feed: FeedReader
) -> None:
    things = [new_id() for _ in range(8)]
    await announced(services, *things)
    place = partition_of(things[0], PARTITIONS)

    of_subject = await feed.page(subject=things[3])
    of_partition = await feed.page(partition=place)

    assert [item["subject"] for item in of_subject["items"]] == [str(things[3])]
    assert of_subject["next"] == "1:8"
    assert {item["partition"] for item in of_partition["items"]} == {place}
    chain = [(item["previoussequence"], item["sequence"]) for item in of_partition["items"]]
    assert [previous for previous, _ in chain[1:]] == [sequence for _, sequence in chain[:-1]]


async def test_who_waits_is_told_when_something_comes(
    services: TwoServices, feed: FeedReader
) -> None:
    await announced(services, new_id())
    thing = new_id()

    waiting = asyncio.create_task(feed.page(after="1:1", wait=20))
    async with running(services.publisher()):
        await services.announce(thing, 2)
        page = await waiting

    assert [item["subject"] for item in page["items"]] == [str(thing)]


async def test_who_waits_in_vain_is_answered_with_nothing(
    services: TwoServices, feed: FeedReader
) -> None:
    await announced(services, new_id())

    page = await feed.page(after="1:1", wait=1)

    assert page["items"] == []
    assert page["next"] == "1:1"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"after": "7"}, "query.after"),
        ({"after": "0:0"}, "query.after"),
        ({"after": "1:-1"}, "query.after"),
        ({"limit": 0}, "query.limit"),
        ({"limit": 1001}, "query.limit"),
        ({"wait": 31}, "query.wait"),
        ({"partition": -1}, "query.partition"),
        ({"subject": "nobody"}, "query.subject"),
        ({"type": "thing.unheard-of"}, "query.type"),
    ],
)
async def test_a_parameter_out_of_range_is_refused_by_name(
    feed: FeedReader, query: dict[str, object], field: str
) -> None:
    answer = await feed.ask(**query)

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["faults"]] == [field]


async def test_a_position_that_the_log_has_not_reached_is_refused(
    services: TwoServices, feed: FeedReader
) -> None:
    await announced(services, new_id())

    answer = await feed.ask(after="1:9")

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":position-ahead-of-log")
    assert answer.json()["ends_at"] == "1:1"
