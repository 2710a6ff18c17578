"""How a Kafka node is configured and run: its settings file and its Java command line."""

import base64
import uuid
from collections.abc import Sequence
from pathlib import Path

from local_system.kafka_jars import kafka_jars
from local_system.ports import HOST

# Starts fastest and stays small: no optimizing compiler, no threads for collecting garbage.
SMALL = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
MEMORY = ("-Xms64m", "-Xmx256m")
QUIET = ("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",)


def node_command(settings_file: Path, java: Path, options: Sequence[str]) -> tuple[str, ...]:
    """The command that runs a node."""
    return _java_command(java, options, "kafka.Kafka", str(settings_file))


def format_command(settings_file: Path, java: Path, options: Sequence[str]) -> tuple[str, ...]:
    """The command that formats a node's storage for a new cluster."""
    words = ("format", "--cluster-id", new_id(), "--config", str(settings_file))
    return _java_command(java, options, "kafka.tools.StorageTool", *words)


def new_id() -> str:
    """A new id in Kafka's format."""
    drawn = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    return drawn.replace("-", "_")  # a leading dash would be taken for an option


def _java_command(
    java: Path, options: Sequence[str], main_class: str, *arguments: str
) -> tuple[str, ...]:
    # The jars in a fixed order: an archive of classes is valid for only one class path.
    jars = ":".join(sorted(map(str, kafka_jars().glob("*.jar"))))
    given = (*SMALL, *MEMORY, *QUIET, *options)
    return (str(java), *given, "-cp", jars, main_class, *arguments)


def write_settings(file: Path, data: Path, port: int, controller_port: int) -> None:
    """Write the settings of a single node that is both broker and controller."""
    settings = _settings(data, port, controller_port)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))


def _settings(data: Path, port: int, controller_port: int) -> dict[str, str]:
    single = {
        f"{topic}.replication.factor": "1"
        for topic in ("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")
    }
    return single | {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{HOST}:{controller_port}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "log.dirs": str(data),
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.num.partitions": "1",
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.num.partitions": "1",
        "share.coordinator.state.topic.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",
        # After a kill the node waits for its own old session to end, by default 9 s.
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "1000",
        "metadata.max.idle.interval.ms": "0",  # no entry every half second just to be busy
        "auto.create.topics.enable": "false",
        "num.network.threads": "2",
        "num.io.threads": "4",
    }
