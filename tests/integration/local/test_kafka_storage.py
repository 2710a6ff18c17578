"""Formatting a broker's storage works whatever id is drawn for its cluster."""

import uuid
from pathlib import Path

import pytest

from local_system.kafka import Kafka
from local_system.ports import free_port


def test_a_cluster_id_that_begins_with_a_dash_is_no_option(
    state_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(bytes=b"\xf8" * 16))
    broker = Kafka(state_folder / "kafka", free_port(), free_port(), state_folder / "kafka.log")

    broker.prepare()

    assert (state_folder / "kafka" / "data" / "meta.properties").exists()
