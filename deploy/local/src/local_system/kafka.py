"""A real Apache Kafka: one node, both broker and controller, with its data in a state folder."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local_system.java import java
from local_system.kafka_archive import METADATA, KafkaArchive, format_storage
from local_system.kafka_command import new_id, node_command, write_settings
from local_system.ports import HOST
from local_system.program import ChildProgram, inherited_environment
from local_system.readiness import port_accepts


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

    def must_run_once(self) -> bool:
        """Whether Kafka must first run once to make its archive of classes; needs the jars."""
        return not KafkaArchive(java()).is_made()

    def prepare(self) -> None:
        """Fetch the jars, write the configuration, format the storage on its first use."""
        write_settings(self._settings_file, self._data, self.port, self.controller_port)
        archive = KafkaArchive(java())
        if not archive.is_made():
            archive.make()
        if not (self._data / "meta.properties").exists():
            self._format(archive)

    def _format(self, archive: KafkaArchive) -> None:
        if not archive.metadata.exists():
            format_storage(self._settings_file, archive.java, archive.options)
            return
        shutil.rmtree(self._data, ignore_errors=True)  # of an attempt that was interrupted
        shutil.copytree(archive.metadata, self._data / METADATA)
        properties = f"version=1\ncluster.id={new_id()}\ndirectory.id={new_id()}\nnode.id=1\n"
        fresh = self._data / "meta.properties.new"
        fresh.write_text(properties)
        fresh.rename(self._data / "meta.properties")  # last: what makes it a storage

    def program(self) -> ChildProgram:
        """The node, as a program that the supervisor can run."""
        runtime = java()
        return ChildProgram(
            name="kafka",
            command=node_command(self._settings_file, runtime, KafkaArchive(runtime).options),
            log=self.log,
            is_ready=port_accepts(self.port),
            environment=inherited_environment(),
            stop_seconds=15,
        )


def broker_of_your_own(environment: Mapping[str, str] = os.environ) -> str | None:
    """KAFKA_BOOTSTRAP_SERVERS: a Kafka of the user's own."""
    return environment.get("KAFKA_BOOTSTRAP_SERVERS") or None
