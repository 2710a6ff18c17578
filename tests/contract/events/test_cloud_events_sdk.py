"""Records of a topic and elements of the feed are CloudEvents: the standard's SDK reads both."""

import json
from typing import Any

import pytest
from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka
from cloudevents.core.formats.json import JSONFormat

from contract.conformance.running import case_names, case_of, value_of

Json = dict[str, Any]
CASES = [case_of(name) for name in case_names()]
RECORDS = [r for case in CASES for r in case["records"] if "ce_id" in r["headers"]]
FED = [item for case in CASES for each in case["feed"] for item in each["body"].get("items", [])]
NUMBERS = {"sequence", "previoussequence", "logepoch", "partition"}


def by_id(each: Json) -> str:
    """Name a test by the event that it reads."""
    return str(each["headers"]["ce_id"] if "headers" in each else each["id"])


def read_record(record: Json) -> BaseCloudEvent:
    """Read a record of the topic with the SDK."""
    headers = {name: text.encode() for name, text in record["headers"].items()}
    return from_kafka(KafkaMessage(headers, record["key"], value_of(record)), JSONFormat())


@pytest.mark.parametrize("record", RECORDS, ids=by_id)
def test_the_sdk_reads_a_record_in_binary_mode(record: Json) -> None:
    event, headers = read_record(record), record["headers"]

    assert event.get_id() == headers["ce_id"]
    assert event.get_type() == headers["ce_type"]
    assert event.get_source() == headers["ce_source"]
    assert event.get_subject() == headers.get("ce_subject") == record["key"]
    assert event.get_dataschema() == headers.get("ce_dataschema")
    assert event.get_datacontenttype() == "application/json"
    assert event.get_extension("previoussequence") == headers["ce_previoussequence"]
    assert event.get_data() == json.loads(record["value"])


@pytest.mark.parametrize("element", FED, ids=by_id)
def test_the_sdk_reads_an_element_of_the_feeds_batch(element: Json) -> None:
    event = JSONFormat().read(None, json.dumps(element))

    assert event.get_id() == element["id"]
    assert event.get_subject() == element["subject"]
    assert event.get_data() == element["data"]
    assert {name: event.get_extension(name) for name in NUMBERS} == {
        name: element[name] for name in NUMBERS
    }


def test_a_record_and_its_element_of_the_feed_are_the_same_event_to_the_sdk() -> None:
    case = case_of("long-hole")
    on_topic = {each["headers"]["ce_id"]: read_record(each) for each in case["records"]}
    in_feed = [
        JSONFormat().read(None, json.dumps(each)) for each in case["feed"][0]["body"]["items"]
    ]
    both = [(on_topic[each.get_id()], each) for each in in_feed if each.get_id() in on_topic]

    assert len(both) == 3
    for record, element in both:
        assert record.get_data() == element.get_data()
        assert record.get_time() == element.get_time()
        told = {name: str(value) for name, value in element.get_attributes().items()}
        same = {name: str(value) for name, value in record.get_attributes().items()}
        assert told | {"partitionkey": told["subject"]} == same | {"partition": told["partition"]}
