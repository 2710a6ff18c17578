"""No wait for the client library is endless."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiokafka.errors import KafkaConnectionError

from shared.messaging.kafka import waiting
from shared.messaging.kafka.waiting import KafkaUnavailableError, WedgedError, bounded, stop
from shared.process.together import first_of, run_together


async def never() -> None:
    await asyncio.Event().wait()


async def swallows_cancellation() -> None:
    released = asyncio.Event()
    asyncio.get_running_loop().call_later(0.2, released.set)
    while not released.is_set():
        try:
            await released.wait()
        except asyncio.CancelledError:
            continue


async def fails(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("hang", [never, swallows_cancellation])
async def test_a_call_that_does_not_return_is_given_up(
    hang: Callable[[], Awaitable[None]],
) -> None:
    began = asyncio.get_running_loop().time()

    with pytest.raises(KafkaUnavailableError, match="no answer"):
        await bounded(hang(), seconds=0.02)

    assert asyncio.get_running_loop().time() - began < 0.15


@pytest.mark.parametrize("error", [KafkaConnectionError("gone"), ConnectionResetError()])
async def test_errors_of_the_library_are_told_as_kafka_being_away(error: Exception) -> None:
    with pytest.raises(KafkaUnavailableError, match=type(error).__name__):
        await bounded(fails(error))


async def test_a_client_that_cancels_its_own_call_cancels_nobody_else() -> None:
    async def cancels_itself() -> None:
        raise asyncio.CancelledError

    with pytest.raises(KafkaUnavailableError, match="the client gave up"):
        await bounded(cancels_itself())
    with pytest.raises(WedgedError, match="the consumer did not stop: the client gave up"):
        await stop(cancels_itself(), "consumer")


async def test_a_client_that_does_not_stop_needs_a_new_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waiting, "STOP_SECONDS", 0.02)

    with pytest.raises(WedgedError, match="the producer did not stop"):
        await stop(never(), "producer")


async def test_what_runs_together_ends_together_with_the_later_failure() -> None:
    ended = []

    async def wedges_at_its_end() -> None:
        try:
            await never()
        finally:
            ended.append(True)
            raise WedgedError("stuck")

    with pytest.raises(WedgedError):
        await run_together(fails(ValueError("first")), wedges_at_its_end())

    assert ended == [True]


async def test_one_that_returns_may_let_the_others_finish() -> None:
    finished = asyncio.Event()

    async def returns() -> None:
        finished.set()

    await run_together(returns(), _finish_after(finished), until=asyncio.FIRST_EXCEPTION)


async def _finish_after(event: asyncio.Event) -> None:
    await event.wait()


async def test_whichever_comes_first_ends_the_wait() -> None:
    never_set, is_set = asyncio.Event(), asyncio.Event()
    is_set.set()

    await first_of(5, never_set, is_set)
    await first_of(0.01, never_set)
