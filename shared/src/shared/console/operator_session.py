"""Runs one operator's command: a name for the audit trail, and plain error messages.

Exit codes: 0 done, 1 refused, 2 wrong arguments, 3 unavailable.
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
    str | None,
    typer.Option(
        help="Name of the operator for the audit trail. If omitted, the system user's name."
    ),
]

Result = TypeVar("Result")
Act = Callable[[Transaction], Awaitable[Result]]
Work = Callable[[Database, Cause], Awaitable[Result]]


@dataclass(frozen=True)
class OperatorSession:
    """Runs an operator's commands on one service's database; reads the settings at the start."""

    service: Service
    load: Callable[[], ServiceSettings]

    def done(self, act: Act[Result], by: str | None = None) -> Result:
        """Run it, commit and return its result; a refusal ends the process with one line."""

        async def in_transaction(database: Database, cause: Cause) -> Result:
            async with database.transaction(cause) as tx:
                return await act(tx)

        return self.run(in_transaction, by)

    def run(self, work: Work[Result], by: str | None = None) -> Result:
        """Run work that needs transactions of its own, because it is too long for one."""
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
    """Print the reason and end the command."""
    sys.stderr.write(f"{why}\n")
    raise typer.Exit(code)
