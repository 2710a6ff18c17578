"""An API built anew for a test, behind what an earlier test of the module has prepared.

FastAPI prepares a route when the first request looks for it, which takes certification 0.15 s of a
processor, and SQLAlchemy each statement once per engine: more than most tests take. So a module's
tests share the routes, the engine and what was read of the issuer's keys; everything else that an
API keeps (clock, law, forecasts, what it has counted) is still each test's own.
"""

from dataclasses import replace

from fastapi import FastAPI


class KeptRoutes:
    """What the tests of a module share of an API."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._authenticator = app.state.parts.authenticator
        self._engine = app.state.parts.database.engine

    def behind(self, built: FastAPI) -> FastAPI:
        """The application that is shared, with the parts of the one that was just built."""
        built.state.parts.database.engine = self._engine
        built.state.parts = replace(built.state.parts, authenticator=self._authenticator)
        self._app.state = built.state
        return self._app

    async def close(self) -> None:
        """Let go of the connections."""
        await self._engine.dispose()
