"""A wake-up signal: one task waits for it with a timeout, many may ring it, without extra tasks."""

import asyncio


class Bell:
    """One task's wake-up signal. If it is rung while nobody waits, the next wait ends at once."""

    def __init__(self) -> None:
        self._is_rung = False
        self._waiting: asyncio.Future[None] | None = None

    def ring(self) -> None:
        """End the current wait, or the next one."""
        self._is_rung = True
        _release(self._waiting)

    async def wait(self, seconds: float) -> None:
        """Wait until the bell is rung, at most `seconds`."""
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
