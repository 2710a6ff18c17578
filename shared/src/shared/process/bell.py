"""A bell: one task waits for it with a limit, many may ring it; a wait costs no task."""

import asyncio


class Bell:
    """Rung while nobody waits, it ends the next wait at once."""

    def __init__(self) -> None:
        self._is_rung = False
        self._waiting: asyncio.Future[None] | None = None

    def ring(self) -> None:
        """End the wait, this one or the next."""
        self._is_rung = True
        _release(self._waiting)

    async def wait(self, seconds: float) -> None:
        """Wait until it rings, at most so many seconds."""
        if not self._is_rung:
            running = asyncio.get_running_loop()
            self._waiting = running.create_future()
            limit = running.call_later(seconds, _release, self._waiting)
            try:
                await self._waiting
            finally:
                limit.cancel()
                self._waiting = None
        self._is_rung = False


def _release(waiting: "asyncio.Future[None] | None") -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)
