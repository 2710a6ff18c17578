"""Kafka's jars: resolved and fetched once by `jgo`, then kept in the project's cache."""

import fcntl
import logging
import os
import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_system.errors import CannotStartError
from local_system.state import DOWNLOADS

VERSION = "4.4.0"
# Adding a newer log4j binding in the same call makes jgo choose versions that do not fit.
COORDINATES = f"org.apache.kafka:kafka_2.13:{VERSION}+org.slf4j:slf4j-simple:1.7.36"


def kafka_jars(downloads: Path = DOWNLOADS) -> Path:
    """Return the folder of the jars, fetching them if needed; safe for concurrent calls."""
    jars = _folder(downloads)
    if are_fetched(downloads):
        return jars
    downloads.mkdir(parents=True, exist_ok=True)
    with _locked(downloads / "kafka.lock"):
        if not jars.exists():
            _fetch(downloads, jars)
    return jars


def are_fetched(downloads: Path = DOWNLOADS) -> bool:
    """Whether all jars have been fetched."""
    return _folder(downloads).exists()


def fetched_bytes(downloads: Path = DOWNLOADS) -> int:
    """How many bytes of the jars have arrived so far, while they are being fetched."""
    arrived = (_workshop(downloads) / "repository").rglob("*.jar*")
    return sum(_size(jar) for jar in arrived)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # a part that was renamed meanwhile
        return 0


def _workshop(downloads: Path) -> Path:
    return downloads / f"kafka-{VERSION}.new"


def _folder(downloads: Path) -> Path:
    return downloads / f"kafka-{VERSION}"


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(downloads: Path, jars: Path) -> None:
    """Fetch to another folder and rename it, so that the folder appears only when complete."""
    workshop = _workshop(downloads)
    shutil.rmtree(workshop, ignore_errors=True)
    collected = workshop / "jars"
    collected.mkdir(parents=True)
    for jar in _resolve(workshop):
        os.link(jar, collected / jar.name)
    collected.rename(jars)
    shutil.rmtree(workshop)


def _resolve(workshop: Path) -> list[Path]:
    from jgo.env import EnvironmentBuilder, LinkStrategy  # noqa: PLC0415 - slow, needed once
    from jgo.maven import MavenContext  # noqa: PLC0415 - the same

    logging.getLogger("jgo").setLevel(logging.ERROR)
    _trust_what_the_machine_trusts()
    builder = EnvironmentBuilder(
        context=MavenContext(repo_cache=workshop / "repository", timeout=30),
        cache_dir=workshop / "environments",
        link_strategy=LinkStrategy.HARD,
    )
    try:
        return list(builder.from_endpoint(COORDINATES).all_jars)
    except Exception as error:  # whatever fails in there, the network is what the user can mend
        raise CannotStartError(
            f"Kafka's jars could not be fetched ({error}): check the network and try again, or "
            "set KAFKA_BOOTSTRAP_SERVERS to a Kafka of your own."
        ) from error


def _trust_what_the_machine_trusts() -> None:
    """Use the machine's certificates, not a wheel's, so that a company's own ones are accepted."""
    paths = ssl.get_default_verify_paths()
    if trusted := paths.cafile or paths.capath:
        os.environ.setdefault("REQUESTS_CA_BUNDLE", trusted)
