"""A real Apache Kafka, one node that is broker and controller, kept in a state folder."""

import base64
import os
import subprocess
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local_system.class_archive import class_archive_options
from local_system.errors import CannotStartError
from local_system.java import java
from local_system.kafka_jars import kafka_jars
from local_system.ports import HOST
from local_system.program import Program, inherited_environment
from local_system.readiness import port_accepts

FORMAT_SECONDS = 240
# Starts fastest and stays small: no optimizing compiler, no threads for collecting garbage.
SMALL = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
MEMORY = ("-Xms64m", "-Xmx256m")
QUIET = ("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",)


@dataclass(frozen=True)
class Kafka:
    """One Kafka node: where its data lies and its two ports."""

    folder: Path
    port: int
    controller_port: int
    log: Path

    @property
    def bootstrap(self) -> str:
        """What clients connect to."""
        return f"{HOST}:{self.port}"

    @property
    def _settings_file(self) -> Path:
        return self.folder / "server.properties"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def prepare(self) -> None:
        """Fetch the jars, write the configuration, format the storage on its first use."""
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = "".join(f"{name}={value}\n" for name, value in self._settings().items())
        self._settings_file.write_text(settings)
        if not (self._data / "meta.properties").exists():
            self._format()

    def _format(self) -> None:
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        cluster = cluster.replace("-", "_")  # a leading dash would be taken for an option
        arguments = ("format", "--cluster-id", cluster, "--config", str(self._settings_file))
        done = subprocess.run(  # noqa: S603 - our own command
            self._command("kafka.tools.StorageTool", *arguments),
            capture_output=True,
            text=True,
            timeout=FORMAT_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise CannotStartError(
                f"Kafka could not format {self._data}: {done.stderr.strip()[-300:]}"
            )

    def _command(self, main_class: str, *arguments: str) -> tuple[str, ...]:
        runtime = java()
        options = (*SMALL, *MEMORY, *QUIET, *class_archive_options(runtime))
        return (str(runtime), *options, "-cp", f"{kafka_jars()}/*", main_class, *arguments)

    def program(self) -> Program:
        """The node as a program for the supervisor."""
        return Program(
            name="kafka",
            command=self._command("kafka.Kafka", str(self._settings_file)),
            log=self.log,
            is_ready=port_accepts(self.port),
            environment=inherited_environment(),
            stop_seconds=15,
        )

    def _settings(self) -> dict[str, str]:
        single = {
            f"{topic}.replication.factor": "1"
            for topic in ("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")
        }
        return single | {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@{HOST}:{self.controller_port}",
            "controller.listener.names": "CONTROLLER",
            "listeners": f"PLAINTEXT://{self.bootstrap},CONTROLLER://{HOST}:{self.controller_port}",
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap}",
            "log.dirs": str(self._data),
            "offsets.topic.num.partitions": "4",
            "transaction.state.log.num.partitions": "1",
            "transaction.state.log.min.isr": "1",
            "share.coordinator.state.topic.num.partitions": "1",
            "share.coordinator.state.topic.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            # After a kill the node waits for its own old session to end: 9 s where nothing is set.
            "broker.session.timeout.ms": "3000",
            "broker.heartbeat.interval.ms": "1000",
            "metadata.max.idle.interval.ms": "0",  # no entry every half second just to be busy
            "auto.create.topics.enable": "false",
            "num.network.threads": "2",
            "num.io.threads": "4",
        }


def broker_of_your_own(environment: Mapping[str, str] = os.environ) -> str | None:
    """KAFKA_BOOTSTRAP_SERVERS: a Kafka of the user's own."""
    return environment.get("KAFKA_BOOTSTRAP_SERVERS") or None
