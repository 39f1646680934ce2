"""First come, first served; too many are told to come later; who leaves is not worked for."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest
import worker_tasks as tasks
from starlette.requests import Request
from starlette.types import Message

from hrge_kg.processes import Limits
from hrge_kg.server.refusals import Refusal
from hrge_kg.server.waiting_line import WaitingLine
from hrge_kg.worker_pool import WorkerPool

Line = WaitingLine[None, tuple[str, object], object]
LIMITS = Limits(seconds=20, memory=500_000_000)


@pytest.fixture
def pool() -> Iterator[WorkerPool[None, tuple[str, object], object]]:
    made: WorkerPool[None, tuple[str, object], object] = WorkerPool(
        tasks.nothing, tasks.do, 1, LIMITS, "worker_tasks"
    )
    yield made
    made.end()


def request(leaves: asyncio.Event | None = None) -> Request:
    """A request whose client stays, or leaves when it is told to."""

    async def receive() -> Message:
        if not leaves:
            await asyncio.Event().wait()
        else:
            await leaves.wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "GET", "headers": []}, receive)


def test_first_come_first_served(pool: WorkerPool[None, tuple[str, object], object]) -> None:
    async def run() -> list[int]:
        line: Line = WaitingLine(pool, 100, 20)
        done: list[int] = []

        async def one(number: int) -> None:
            await line.answer(request(), ("double", number), "here")
            done.append(number)

        busy = asyncio.ensure_future(line.answer(request(), ("sleep", 0.3), "here"))
        await asyncio.sleep(0.1)
        await asyncio.gather(*(one(number) for number in range(50)))
        await busy
        return done

    assert asyncio.run(run()) == list(range(50))


def test_too_many_are_told_to_come_later(
    pool: WorkerPool[None, tuple[str, object], object],
) -> None:
    async def run() -> list[object]:
        line: Line = WaitingLine(pool, 3, 20)
        busy = asyncio.ensure_future(line.answer(request(), ("sleep", 0.3), "here"))
        await asyncio.sleep(0.1)
        answers = [line.answer(request(), ("double", number), "here") for number in range(6)]
        found = await asyncio.gather(*answers, return_exceptions=True)
        await busy
        return list(found)

    found = asyncio.run(run())
    assert found[:3] == [0, 2, 4]
    assert [(type(one), getattr(one, "status", 0)) for one in found[3:]] == [(Refusal, 503)] * 3


def test_who_leaves_is_not_worked_for(
    pool: WorkerPool[None, tuple[str, object], object],
) -> None:
    async def run() -> float:
        line: Line = WaitingLine(pool, 3, 20)
        leaves = asyncio.Event()
        asking = asyncio.ensure_future(line.answer(request(leaves), ("sleep", 15), "here"))
        await asyncio.sleep(0.2)
        leaves.set()
        with pytest.raises(Refusal):
            await asking
        start = time.monotonic()
        assert await line.answer(request(), ("double", 1), "here") == 2
        return time.monotonic() - start

    assert asyncio.run(run()) < 12
    assert threading.active_count() < 10
