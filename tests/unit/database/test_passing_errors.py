"""Which database errors pass by themselves: who meets one tries again and sets nothing aside."""

import pytest
from sqlalchemy.exc import DBAPIError

from shared.database.database import is_passing


class DriverError(Exception):
    """What the driver raises, with PostgreSQL's code."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    "sqlstate",
    [
        pytest.param("53100", id="disk full"),
        pytest.param("53200", id="out of memory"),
        pytest.param("53300", id="too many connections"),
        pytest.param("58030", id="input or output error"),
        pytest.param("08006", id="connection failure"),
        pytest.param("25P03", id="idle in transaction for too long"),
        pytest.param("40P01", id="deadlock"),
    ],
)
def test_an_error_of_the_moment_passes(sqlstate: str) -> None:
    assert is_passing(DBAPIError("…", None, DriverError(sqlstate)))


@pytest.mark.parametrize(
    "sqlstate", [pytest.param("23505", id="unique"), pytest.param("22P02", id="malformed value")]
)
def test_an_error_of_the_statement_stays(sqlstate: str) -> None:
    assert not is_passing(DBAPIError("…", None, DriverError(sqlstate)))
