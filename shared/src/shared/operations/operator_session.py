"""One command of an operator: one transaction, a name on the audit record, plain errors."""

import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause, Transaction
from shared.errors import CasombError
from shared.identifiers import new_id
from shared.operations.settings import DatabaseSettings
from shared.security.principals import Actor, Role

By = Annotated[str, typer.Option(help="Who acts, for the audit record; your user's name if empty.")]
Reason = Annotated[str, typer.Option(help="Why, for whoever asks later.")]

Act = Callable[[Transaction], Awaitable[None]]


@dataclass(frozen=True)
class Session:
    """Runs an operator's acts on one service's database; settings are read when one begins."""

    service: str
    load: Callable[[], DatabaseSettings]

    def run(self, act: Act, by: str = "") -> None:
        """Do it and commit, or say what refuses and leave with 1."""
        try:
            asyncio.run(self._run(act, by or getpass.getuser()))
        except CasombError as error:
            sys.stderr.write(f"{error.detail}\n")
            raise typer.Exit(1) from None

    async def _run(self, act: Act, by: str) -> None:
        engine = create_engine(self.load(), f"{self.service} operator")
        actor = Actor(subject=f"operator:{by}", roles=frozenset({Role.OPERATOR}))
        database = Database(engine, SystemClock(), self.service)
        try:
            async with database.transaction(Cause(actor, new_id())) as tx:
                await act(tx)
        finally:
            await engine.dispose()
