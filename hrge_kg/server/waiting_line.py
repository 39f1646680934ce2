"""Requests wait in their order for a process, and only so many: the next is told to come later."""

from __future__ import annotations

import asyncio
import logging
import threading
from functools import partial
from typing import Generic, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.requests import Request

from ..errors import Fault, InputError
from ..worker_pool import Ended, WorkerPool
from .refusals import Refusal, refusal_of

_LOGGER = logging.getLogger(__name__)
_State = TypeVar("_State")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class WaitingLine(Generic[_State, _Task, _Result]):
    """A line before a pool of processes: first come, first served."""

    def __init__(self, pool: WorkerPool[_State, _Task, _Result], most: int, seconds: float) -> None:
        self._pool = pool
        self._most = most
        self._seconds = seconds
        self._free = asyncio.Semaphore(pool.size)
        self._threads = CapacityLimiter(pool.size)
        self._waiting = 0

    async def answer(self, request: Request, task: _Task, where: str) -> _Result:
        """What the pool answers. A client that leaves is not waited for, nor worked for.

        Raises Refusal: 503 where too many wait or the wait is too long, else as `refusal_of` says.
        """
        given_up = threading.Event()
        doing = asyncio.ensure_future(self._answer(task, where, given_up))
        leaving = asyncio.ensure_future(_has_left(request))
        await asyncio.wait((doing, leaving), return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        if not doing.done():
            given_up.set()
            doing.add_done_callback(_forget)
            doing.cancel()
            raise Refusal(499, "The client has left.")
        return doing.result()

    async def _answer(self, task: _Task, where: str, given_up: threading.Event) -> _Result:
        await self._turn()
        try:
            ask = partial(self._pool.answer, task, where, given_up)
            return await anyio.to_thread.run_sync(ask, limiter=self._threads)
        except (InputError, Fault) as error:
            if isinstance(error, Fault) and not isinstance(error, Ended):
                _LOGGER.error("a fault of hrge: %s", error)
            raise refusal_of(error) from error
        finally:
            self._free.release()

    async def _turn(self) -> None:
        if self._waiting >= self._most:
            raise Refusal.busy("Too many requests wait already")
        self._waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), self._seconds)
        except TimeoutError:
            reason = f"There was no time for this within {self._seconds:g} seconds"
            raise Refusal.busy(reason) from None
        finally:
            self._waiting -= 1


async def _has_left(request: Request) -> None:
    """Ends when the client has closed the connection. The body must be read by then."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _forget(done: asyncio.Future[_Result]) -> None:
    """Take notice of what came of work that nobody waits for, so that it is not told as lost."""
    if not done.cancelled():
        done.exception()
