"""Runs work in processes of its own: what may not end, may take all memory, or may crash.

`run_limited` runs one piece of work with limits, such as a query that somebody else wrote. What
ends its process, ends no more than that. `run_each` shares out many pieces among several processes;
if one of these ends, its piece is done once more in another.

The log of the library is gathered in the process and told by this one. No process outlives it.
"""

from __future__ import annotations

import contextlib
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from .processes import (
    LimitPassed,
    Limits,
    Reply,
    TooLong,
    be_quiet,
    context_for_many,
    context_for_one,
    end_all,
    keep_limits,
    packed,
    reply_to,
    start,
    why_ended,
)
from .stopping import ended_by_sigterm

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


def run_limited(
    work: Callable[..., _Result], *arguments: object, limits: Limits, where: str
) -> _Result:
    """What `work` returns, which runs in a process of its own with limits.

    `work` is a function of a module; what it takes and returns can be pickled. Raises the
    InputError that it raises, InputError (with `where`) for a limit that is passed and for a
    process that ends itself, and Fault for any other exception.
    """
    context = context_for_one()
    receiver, sender = context.Pipe(duplex=False)
    processes: list[BaseProcess] = []
    try:
        with ended_by_sigterm():
            processes.append(start(context, _run_one, (receiver, sender, limits, work, arguments)))
            sender.close()
            if not receiver.poll(limits.seconds):
                raise TooLong(
                    where, f"this takes more than {limits.seconds:g} seconds", "Ask for less."
                )
            try:
                reply: Reply[_Result] = receiver.recv()
            except (EOFError, OSError):
                processes[0].join(5)
                raise LimitPassed(
                    where, why_ended(processes[0].exitcode, limits), "Ask for less."
                ) from None
    finally:
        end_all(processes)
        receiver.close()
    return reply.result()


def run_each(
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    jobs: int,
    lost: Callable[[_Task, str], _Result],
    preload: str,
) -> Generator[_Result, None, None]:
    """What `work` returns for each task, in their order, from so many processes at once.

    A task whose process ends is done once more; if that ends too, `lost` makes its result, and the
    other tasks go on. `preload` is a module that every process needs.
    """
    crew = _Crew(work, tasks, jobs, preload)
    try:
        with ended_by_sigterm():
            for task, reply in zip(tasks, crew.replies(), strict=True):
                yield lost(task, reply) if isinstance(reply, str) else reply.result()
    finally:
        crew.end()


class _Crew(Generic[_Task, _Result]):
    """Processes that take one task after another."""

    def __init__(
        self,
        work: Callable[[_Task], _Result],
        tasks: Sequence[_Task],
        jobs: int,
        preload: str,
    ) -> None:
        self._work = work
        self._tasks = tasks
        self._jobs = jobs
        self._context = context_for_many(preload)
        self._waiting = deque(range(len(tasks)))
        self._failed: set[int] = set()
        self._running: dict[Connection, tuple[BaseProcess, int]] = {}
        self._finished: dict[int, Reply[_Result] | str] = {}

    def replies(self) -> Iterator[Reply[_Result] | str]:
        """The reply to each task in their order; words for one whose process ended twice."""
        for number in range(len(self._tasks)):
            while number not in self._finished:
                while self._waiting and len(self._running) < self._jobs:
                    self._begin()
                for ready in connection.wait(list(self._running)):
                    assert isinstance(ready, Connection)
                    self._receive(ready)
            yield self._finished.pop(number)

    def end(self) -> None:
        """End all processes."""
        end_all([process for process, _ in self._running.values()])
        for each in self._running:
            each.close()

    def _begin(self) -> None:
        ours, theirs = self._context.Pipe()
        process = start(self._context, _run_many, (theirs, self._work))
        theirs.close()
        self._give(ours, process)

    def _give(self, to: Connection, process: BaseProcess) -> None:
        number = self._waiting.popleft()
        self._running[to] = process, number
        with contextlib.suppress(OSError):  # it has ended; nothing comes from it
            to.send(self._tasks[number])

    def _receive(self, sender: Connection) -> None:
        process, number = self._running.pop(sender)
        try:
            self._finished[number] = sender.recv()
        except (EOFError, OSError):
            process.join(5)
            self._put_back(number, process.exitcode)
        else:
            if self._waiting:
                self._give(sender, process)
                return
        sender.close()  # at which the process ends
        end_all([process])

    def _put_back(self, number: int, exit_code: int | None) -> None:
        if number in self._failed:
            self._finished[number] = why_ended(exit_code)
        else:
            self._failed.add(number)
            self._waiting.appendleft(number)


def _run_one(
    receiver: Connection,
    sender: Connection,
    limits: Limits,
    work: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    """In a process of its own: keep the limits, work, send the reply."""
    receiver.close()  # else a reply that nobody reads any more would wait for ever
    be_quiet()
    keep_limits(limits)
    # A copy of a process has its calls on the stack, and a query has to fit above them.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 3_000))
    sender.send_bytes(packed(reply_to(work, arguments), limits))


def _run_many(tasks: Connection, work: Callable[[Any], Any]) -> None:
    """In a process of its own: work until no task comes any more, or the other end is closed."""
    be_quiet()
    with contextlib.suppress(EOFError, OSError):
        while True:
            tasks.send(reply_to(work, (tasks.recv(),)))
