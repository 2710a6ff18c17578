"""A broker's first storage: formatted by Kafka's own tool once, copied from then on."""

import fcntl
import subprocess
import uuid
from pathlib import Path

import pytest

from local_system.java import java
from local_system.kafka import Kafka
from local_system.kafka_archive import KafkaArchive, format_storage
from local_system.kafka_command import format_command, write_settings
from local_system.ports import free_port

CHECKPOINT = "__cluster_metadata-0/00000000000000000000-0000000000.checkpoint"


def _broker(folder: Path) -> Kafka:
    return Kafka(folder, free_port(), free_port(), folder / "kafka.log")


@pytest.fixture(scope="module", autouse=True)
def _archive() -> None:
    """Have the archive, which another worker of the run may be making just now."""
    archive = KafkaArchive(java())
    while not archive.is_made():
        archive.make()
        with archive.lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)


def _properties(broker: Kafka) -> dict[str, str]:
    lines = (broker.folder / "data" / "meta.properties").read_text().splitlines()
    return dict(line.split("=") for line in lines if "=" in line)


def test_a_cluster_id_that_begins_with_a_dash_is_no_option(
    state_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(bytes=b"\xf8" * 16))
    settings = state_folder / "server.properties"
    write_settings(settings, state_folder / "data", free_port(), free_port())

    format_storage(settings, java(), KafkaArchive(java()).options)

    assert (state_folder / "data" / "meta.properties").exists()


def test_a_copied_storage_begins_as_a_formatted_one_does_with_ids_of_its_own(
    state_folder: Path,
) -> None:
    one, other = _broker(state_folder / "one"), _broker(state_folder / "other")

    one.prepare()
    other.prepare()

    of_archive = KafkaArchive(java()).folder / CHECKPOINT
    assert (one.folder / "data" / CHECKPOINT).read_bytes() == of_archive.read_bytes()
    assert set(_properties(one)) == {"version", "cluster.id", "directory.id", "node.id"}
    assert _properties(one)["cluster.id"] != _properties(other)["cluster.id"]
    assert _properties(one)["directory.id"] != _properties(other)["directory.id"]


def test_a_storage_whose_first_copy_was_interrupted_is_copied_anew(state_folder: Path) -> None:
    broker = _broker(state_folder)
    half = broker.folder / "data" / CHECKPOINT
    half.parent.mkdir(parents=True)
    half.write_text("half of it")

    broker.prepare()

    assert half.read_bytes() == (KafkaArchive(java()).folder / CHECKPOINT).read_bytes()
    assert _properties(broker)["version"] == "1"


def test_what_a_storage_holds_is_never_copied_over(state_folder: Path) -> None:
    broker = _broker(state_folder)
    broker.prepare()
    before = _properties(broker)

    broker.prepare()

    assert _properties(broker) == before


def test_java_really_starts_from_the_archived_classes(state_folder: Path) -> None:
    _broker(state_folder).prepare()
    options = (*KafkaArchive(java()).options, "-Xlog:class+load")
    formatting = format_command(state_folder / "any", java(), options)
    of_main_class = formatting.index("kafka.tools.StorageTool") + 1

    told = subprocess.run(
        [*formatting[:of_main_class], "random-uuid"], capture_output=True, text=True, check=True
    )

    assert "org.apache.kafka.common.Uuid source: shared objects file (top)" in told.stdout


def test_where_no_archive_can_be_made_kafka_starts_without_and_it_is_not_tried_again(
    tmp_path: Path,
) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    archive = KafkaArchive(broken, tmp_path / "downloads")

    archive.make()

    assert archive.is_made()
    assert archive.options == ()
    assert not archive.metadata.exists()
