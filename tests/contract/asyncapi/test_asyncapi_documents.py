"""The AsyncAPI documents hold together and say what is on the wire; no parser of others is needed.

`make asyncapi-check` asks the official one.
"""

import re
from collections.abc import Iterator
from functools import reduce
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from architecture.source_tree import ROOT
from contract.events.json_formats import FORMATS
from local_system.credentials import SERVICES
from shared.events.schemas import present_schemas
from shared.messaging.asyncapi.document import asyncapi_document, asyncapi_yaml
from shared.messaging.wire.envelope import WATERMARK, KafkaRecord, parse, topic_of

Json = dict[str, Any]

DOCUMENTS = {service: asyncapi_document(service) for service in SERVICES}
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
MESSAGES = [
    (service, name)
    for service, document in DOCUMENTS.items()
    for name in document["components"]["messages"]
]
EVERY_MESSAGE = pytest.mark.parametrize(("service", "name"), MESSAGES, ids=lambda each: each)
COMPONENT_NAME = re.compile(r"[A-Za-z0-9._-]+")


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for each in part:
            yield from _references(each)


def _resolved(document: Json, reference: str) -> Json:
    found: Json = reduce(lambda part, key: part[key], reference[2:].split("/"), document)
    return found


def _example(service: str, name: str) -> Json:
    (example,) = DOCUMENTS[service]["components"]["messages"][name]["examples"]
    found: Json = example
    return found


def _validator(service: str, name: str, part: str) -> Draft202012Validator:
    reference = {"$ref": f"#/components/messages/{name}/{part}"}
    return Draft202012Validator(DOCUMENTS[service] | reference, format_checker=FORMATS)


@EVERY_DOCUMENT
def test_a_document_says_what_the_specification_requires(document: Json) -> None:
    assert document["asyncapi"] == "3.0.0"
    assert document["info"]["title"]
    assert document["info"]["version"]
    assert document["id"].startswith("urn:")


@EVERY_DOCUMENT
def test_every_reference_leads_somewhere_in_the_document(document: Json) -> None:
    references = set(_references(document))

    assert all(reference.startswith("#/") for reference in references)
    assert all(_resolved(document, reference) for reference in references)


@EVERY_DOCUMENT
def test_components_have_names_that_the_specification_allows(document: Json) -> None:
    names = [name for kind in document["components"].values() for name in kind]

    assert all(COMPONENT_NAME.fullmatch(name) for name in names)


@EVERY_DOCUMENT
def test_every_message_is_sent_by_one_operation_of_its_channel(document: Json) -> None:
    operations = document["operations"].values()
    sent = [each["$ref"] for operation in operations for each in operation["messages"]]
    of_channel = document["channels"]["log"]["messages"]

    assert {operation["action"] for operation in operations} == {"send"}
    assert {operation["channel"]["$ref"] for operation in operations} == {"#/channels/log"}
    assert sorted(sent) == sorted(f"#/channels/log/messages/{name}" for name in of_channel)
    assert of_channel.keys() == document["components"]["messages"].keys()


@pytest.mark.parametrize("service", SERVICES)
def test_a_document_has_every_type_of_its_service_and_the_watermark(service: str) -> None:
    types = {schema["title"] for schema in present_schemas().values()}
    own = {each for each in types if each.startswith(f"{service}.")}

    assert DOCUMENTS[service]["components"]["messages"].keys() == own | {f"{service}.{WATERMARK}"}


@pytest.mark.parametrize("service", SERVICES)
def test_the_channel_is_the_topic(service: str) -> None:
    channel = DOCUMENTS[service]["channels"]["log"]

    assert channel["address"] == topic_of(service)
    assert channel["bindings"]["kafka"]["topic"] == topic_of(service)


@pytest.mark.parametrize("service", SERVICES)
def test_the_file_reads_back_as_the_document(service: str) -> None:
    assert yaml.safe_load(asyncapi_yaml(service)) == DOCUMENTS[service]


@EVERY_MESSAGE
def test_the_schemas_of_a_message_are_valid(service: str, name: str) -> None:
    message = DOCUMENTS[service]["components"]["messages"][name]

    Draft202012Validator.check_schema(message["payload"])
    Draft202012Validator.check_schema(message["headers"])


@EVERY_MESSAGE
def test_an_example_is_valid_in_headers_and_payload(service: str, name: str) -> None:
    example = _example(service, name)

    _validator(service, name, "headers").validate(example["headers"])
    _validator(service, name, "payload").validate(example["payload"])


@EVERY_MESSAGE
def test_headers_of_another_type_are_not_valid(service: str, name: str) -> None:
    headers = _example(service, name)["headers"] | {"ce_type": "another.thing.happened"}

    assert not _validator(service, name, "headers").is_valid(headers)


@EVERY_MESSAGE
def test_a_reader_reads_the_headers_of_an_example(service: str, name: str) -> None:
    headers = _example(service, name)["headers"]
    wire = tuple((each, value.encode()) for each, value in headers.items())

    envelope = parse(KafkaRecord(topic_of(service), 0, 0, wire, b"{}"))

    assert envelope.type == name
    assert (envelope.sequence is None) is name.endswith(WATERMARK)


@EVERY_DOCUMENT
def test_every_header_that_partners_are_told_of_is_described(document: Json) -> None:
    page = (ROOT / "docs/partners/README.md").read_text()
    told = set(re.findall(r"^\| `(ce_\w+|traceparent)` \|", page, re.MULTILINE))

    headers = document["components"]["schemas"]["eventHeaders"]["properties"]

    assert headers.keys() - {"content-type"} == told
