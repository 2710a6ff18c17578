"""What the database refuses, and what is logged of it, repeats no value: it may be a name."""

import io
import logging
from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.database.engine import create_engine
from shared.process.logging import configure_logging, logger
from shared.process.settings import DatabaseSettings

PERSONAL = {"name": "Avery Example"}


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a process logs; the root logger is as before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    monkeypatch.setattr("sys.stdout", written)
    configure_logging("test", "api", "info")
    yield written
    root.handlers, root.level = handlers, level


async def test_neither_parameters_nor_rows_are_repeated(
    new_database: Callable[[str | None], str], lines: io.StringIO
) -> None:
    settings = DatabaseSettings(database_url=SecretStr(new_database(None)))
    engine = create_engine(settings, "test")
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TEMP TABLE people (name text, age int NOT NULL)"))
        statement = text("INSERT INTO people (name) VALUES (:name)")
        with pytest.raises(IntegrityError) as refused:
            await connection.execute(statement, PERSONAL)
    await engine.dispose()

    logger("test").error("unexpected_error", exc_info=refused.value)

    assert "NotNullViolationError" in lines.getvalue()
    assert "Avery" not in lines.getvalue()
