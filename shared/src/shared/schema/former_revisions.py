"""Databases of builds before the kernel had migrations of its own.

There each service ran the kernel's revisions among its own, under numbers of its own. Such a
database is told once at which revision of each of the two it stands; nothing is run for that.
To be removed when no database of those builds is left to upgrade.
"""

from pathlib import Path

from sqlalchemy import Connection, text

KERNEL_REVISIONS = (
    *("kernel_0001", "kernel_0002", "kernel_0003", "kernel_0004", "kernel_0005_log"),
    *("kernel_0006_kept_answers", "kernel_0007_foreign"),
)
RAN_AT = {
    "certification": ("0001", "0004", "0005", "0008", "0012", "0022", "0025"),
    "supervision": ("0001", "0003", "0004", "0006", "0007", "0010", "0012"),
    "scoring": ("0001", "0003", "0004", "0005", "0006", "0010", "0011"),
    "doj_gateway": ("0001", "0003", "0004", "0005", "0006", "0010", "0012"),
}
"""By the service's package: the numbers under which it ran the kernel's revisions, in order."""
NUMBER_LENGTH = 4

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


def tell_kernel_revision(connection: Connection, migrations: Path) -> None:
    """Note in a database of a former build at which revision of the kernel it stands.

    `migrations` is the folder of the database's service. Other databases stay as they are.
    """
    ran_at = RAN_AT.get(migrations.parents[1].name)
    if ran_at is None or not connection.scalar(_IS_FORMER):
        return
    stands = connection.scalar(_STANDS)
    if stands is None:
        return
    number = stands[:NUMBER_LENGTH]
    has_run = [each for each in ran_at if each <= number]
    connection.execute(_KERNEL_STANDS)
    connection.execute(_NOTE_KERNEL, {"revision": KERNEL_REVISIONS[len(has_run) - 1]})
    own = [file.stem for file in (migrations / "versions").glob("[0-9]*.py")]
    before = [each for each in own if each[:NUMBER_LENGTH] <= number]
    if before:
        connection.execute(_NOTE_SERVICE, {"revision": max(before)})
    else:
        connection.execute(_NOTE_NO_SERVICE)
