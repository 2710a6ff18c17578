"""One command of an operator: a name on the audit record, plain errors.

Exit codes: 0 done, 1 refused, 2 wrong words, 3 not possible just now.
"""

import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, NoReturn, TypeVar

import typer
from asyncpg import PostgresError
from sqlalchemy.exc import DBAPIError

from shared.clock import SystemClock
from shared.composition.service import Service
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause, Transaction
from shared.errors import CasombError, UnavailableError
from shared.identifiers import new_id
from shared.process.settings import ServiceSettings
from shared.schema.schema_check import SchemaCheck
from shared.security.principals import Actor, Role

REFUSED, WRONG_WORDS, NOT_NOW = 1, 2, 3
LONGEST_NAME = 200

By = Annotated[
    str | None, typer.Option(help="Who acts, for the audit record; the system's user if not told.")
]

Result = TypeVar("Result")
Act = Callable[[Transaction], Awaitable[Result]]
Work = Callable[[Database, Cause], Awaitable[Result]]


@dataclass(frozen=True)
class OperatorSession:
    """Runs an operator's acts on one service's database; settings are read when one begins."""

    service: Service
    load: Callable[[], ServiceSettings]

    def done(self, act: Act[Result], by: str | None = None) -> Result:
        """Do it, commit and return what came of it; what is refused ends the process in a line."""

        async def in_transaction(database: Database, cause: Cause) -> Result:
            async with database.transaction(cause) as tx:
                return await act(tx)

        return self.run(in_transaction, by)

    def run(self, work: Work[Result], by: str | None = None) -> Result:
        """Work in transactions of its own, for what is too long for one."""
        # Never the subject of a token, so that nobody acts here under another's name.
        actor = Actor(f"console:{_name(by)}", frozenset({Role.OPERATOR}))
        try:
            return asyncio.run(self._connected(work, Cause(actor, new_id())))
        except UnavailableError as error:
            leave(NOT_NOW, error.detail)
        except CasombError as error:
            leave(REFUSED, error.detail)
        except (OSError, DBAPIError, PostgresError) as error:
            leave(NOT_NOW, f"the database does not answer: {type(error).__name__}")

    async def _connected(self, work: Work[Result], cause: Cause) -> Result:
        engine = create_engine(self.load(), f"{self.service.name} operator")
        try:
            if reason := await SchemaCheck(engine, self.service.migrations)():
                leave(NOT_NOW, reason)
            return await work(Database(engine, SystemClock(), self.service.name), cause)
        finally:
            await engine.dispose()


def _name(by: str | None) -> str:
    name = (getpass.getuser() if by is None else by).strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        leave(WRONG_WORDS, "--by: must be one line of printable characters")
    return name


def leave(code: int, why: str) -> NoReturn:
    """Say why and end the command."""
    sys.stderr.write(f"{why}\n")
    raise typer.Exit(code)
