"""The state folder of one system: data, logs, tokens and secrets under one path."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[4]
DOWNLOADS = PROJECT / ".local" / "cache"


@dataclass(frozen=True)
class StateFolder:
    """The paths inside a state folder; nothing is created in advance."""

    folder: Path

    @property
    def postgres(self) -> Path:
        """Data folder of PostgreSQL."""
        return self.folder / "postgres"

    @property
    def kafka(self) -> Path:
        """Configuration and data of Kafka."""
        return self.folder / "kafka"

    @property
    def tokens(self) -> Path:
        """A ready token per role."""
        return self.folder / "tokens"

    @property
    def credentials(self) -> Path:
        """Generated passwords and keys, readable by the owner alone."""
        return self.folder / "credentials.json"

    @property
    def signing_key(self) -> Path:
        """The token issuer's private key, readable by the owner alone."""
        return self.folder / "signing-key.pem"

    @property
    def documents(self) -> Path:
        """The bytes of applicants' documents, by their hash."""
        return self.folder / "documents"

    @property
    def issuer(self) -> Path:
        """The address of the token issuer, noted at each start."""
        return self.folder / "issuer"

    @property
    def processes(self) -> Path:
        """Process ids of a running system, for cleaning up after a crash."""
        return self.folder / "processes.json"

    @property
    def time_offset(self) -> Path:
        """The number of seconds by which the system's time is shifted; absent if it is not."""
        return self.folder / "time-offset-seconds"

    @property
    def latest_time(self) -> Path:
        """The latest time at which this folder's system has run."""
        return self.folder / "latest-time"

    @property
    def lock(self) -> Path:
        """Held while a system runs on this folder."""
        return self.folder / "lock"

    def log(self, process: str) -> Path:
        """The log file of one process."""
        return self.folder / "logs" / f"{process.replace(' ', '-')}.log"


def state_from(environment: Mapping[str, str] = os.environ) -> StateFolder:
    """Read STATE; if it is not set, the folder is the project's `.local`."""
    return StateFolder(Path(environment.get("STATE") or PROJECT / ".local").resolve())


def write_secret(path: Path, content: str) -> None:
    """Write a file, whole or not at all, that only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    fresh.replace(path)
