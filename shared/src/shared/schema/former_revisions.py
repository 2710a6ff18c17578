"""Databases of builds before the kernel had migrations of its own.

In those builds each service ran the kernel's revisions among its own, under its own numbers.
Such a database gets a second version table once, and both tables are set to where it stands; no
migration is run for that. Remove this module when no database of those builds is left to upgrade.
"""

from pathlib import Path

from sqlalchemy import Connection, text

KERNEL_REVISIONS = (
    *("kernel_0001", "kernel_0002", "kernel_0003", "kernel_0004", "kernel_0005_log"),
    *("kernel_0006_kept_answers", "kernel_0007_foreign"),
)
RAN_AS = {
    "certification": (
        *("0001_kernel", "0004_log_epochs_and_desk", "0005_law_and_clerk", "0008_work_items"),
        *("0012_log_that_went_back", "0022_kept_answers", "0025_foreign_records"),
    ),
    "supervision": (
        *("0001_kernel", "0003_log_epochs_and_desk", "0004_law_and_clerk", "0006_work_items"),
        *("0007_log_that_went_back", "0010_kept_answers", "0012_foreign_records"),
    ),
    "scoring": (
        *("0001_kernel", "0003_log_epochs_and_desk", "0004_law_and_clerk", "0005_work_items"),
        *("0006_log_that_went_back", "0010_kept_answers", "0011_foreign_records"),
    ),
    "doj_gateway": (
        *("0001_kernel", "0003_log_epochs_and_desk", "0004_law_and_clerk", "0005_work_items"),
        *("0006_log_that_went_back", "0010_kept_answers", "0012_foreign_records"),
    ),
}
"""The service's revisions that ran the kernel's, by package, in the order of KERNEL_REVISIONS."""

_IS_FORMER = text(
    "SELECT to_regclass('alembic_version') IS NOT NULL AND to_regclass('kernel_version') IS NULL"
)
_STANDS = text("SELECT version_num FROM alembic_version")
_KERNEL_STANDS = text(
    "CREATE TABLE kernel_version"
    " (version_num varchar(32) CONSTRAINT kernel_version_pkc PRIMARY KEY)"
)
_NOTE_KERNEL = text("INSERT INTO kernel_version VALUES (:revision)")
_NOTE_SERVICE = text("UPDATE alembic_version SET version_num = :revision")
_NOTE_NO_SERVICE = text("DELETE FROM alembic_version")


class UnknownRevisionError(Exception):
    """The database is at a revision that this version does not know; nothing was changed."""


def tell_kernel_revision(connection: Connection, migrations: Path) -> None:
    """Store in a database of a former build at which revision of the kernel it stands.

    `migrations` is the folder of the database's service. Databases of this build and
    empty ones are not changed. Raises UnknownRevisionError for one of neither.
    """
    package = migrations.parents[1].name
    ran_as = RAN_AS.get(package)
    if ran_as is None or not connection.scalar(_IS_FORMER):
        return
    stands = connection.scalar(_STANDS)
    own = [file.stem for file in (migrations / "versions").glob("[0-9]*.py")]
    if stands is None:
        return
    if stands not in {*ran_as, *(each for each in own if each < ran_as[-1])}:
        raise UnknownRevisionError(
            f"the database is at revision {stands} without a kernel_version table, and no earlier"
            f" version of this service left it so. Check that it is the database of {package}"
        )
    has_run = [each for each in ran_as if each <= stands]
    connection.execute(_KERNEL_STANDS)
    connection.execute(_NOTE_KERNEL, {"revision": KERNEL_REVISIONS[len(has_run) - 1]})
    before = [each for each in own if each <= stands]
    if before:
        connection.execute(_NOTE_SERVICE, {"revision": max(before)})
    else:
        connection.execute(_NOTE_NO_SERVICE)
