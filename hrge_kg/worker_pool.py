"""Keeps processes that wait for work, for a server: no task waits until a process has started.

Each process prepares itself once, and then answers one task after another. One that passes a limit,
crashes or is killed ends alone: its task is told so, and another process takes its place. So does
one that has grown, or has answered many tasks.

>>> LARGEST_GROWTH < Limits().memory
True
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from .errors import Fault
from .processes import (
    LimitPassed,
    Limits,
    Reply,
    TooLong,
    be_quiet,
    context_for_many,
    end_all,
    keep_limits,
    keep_time,
    packed,
    reply_to,
    resident,
    start,
    why_ended,
)

_State = TypeVar("_State")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

SECONDS_TO_PREPARE = 300
"""How long a process may prepare itself."""
MOST_TASKS = 2_000
"""After so many tasks a process is replaced, lest what it does not free adds up."""
LARGEST_GROWTH = 200_000_000
"""Bytes that a process may keep after a task; then it is replaced."""
_LOOK = 0.2
"""How often it is looked whether anybody still wants an answer, in seconds."""


class Ended(Fault):
    """The pool has ended, so that the task was not done."""


class Unprepared(Fault):
    """No process could prepare itself, so that the task was not done."""


class WorkerPool(Generic[_State, _Task, _Result]):
    """So many processes that wait for tasks. It may be used from several threads.

    `prepare` makes what every task needs, once in each process; `work` takes that and a task. Both
    are functions of a module (or `functools.partial` of one), and what they take and return can be
    pickled. `preload` are modules that every process needs.
    """

    def __init__(
        self,
        prepare: Callable[[], _State],
        work: Callable[[_State, _Task], _Result],
        size: int,
        limits: Limits,
        *preload: str,
    ) -> None:
        self.limits = limits
        self.size = size
        self._context = context_for_many(__name__, *preload)
        self._arguments = (prepare, work, limits)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._ended = False
        for _ in range(size):
            self._idle.put(self._started())

    def answer(self, task: _Task, where: str, given_up: threading.Event | None = None) -> _Result:
        """What `work` returns for a task; waits for a process that has nothing to do.

        Once nobody wants the answer any more (`given_up`), the process is ended. Raises what `work`
        raises (an InputError, or Fault for any other exception), LimitPassed where the process
        passes a limit or crashes, Ended where the pool ends, and Unprepared where the process
        could not prepare itself.
        """
        worker = self._idle.get()
        try:
            # One that was killed while it had nothing to do has lost no task.
            return self._result(worker, task, where, given_up)
        except _Lost:
            worker = self._replaced(worker)
            try:
                return self._result(worker, task, where, given_up)
            except _Lost as lost:
                raise LimitPassed(where, str(lost), "Ask for less.") from None
        finally:
            keep = self._ended or not worker.spent
            self._idle.put(worker if keep else self._replaced(worker))

    def processes(self) -> list[int]:
        """The numbers of the processes, for who watches them."""
        with self._lock:
            return [worker.process.pid for worker in self._all if worker.process.pid is not None]

    def end(self) -> None:
        """End all processes, whatever they do; whoever waits for one is told."""
        with self._lock:
            self._ended = True
            workers = list(self._all)
        end_all([worker.process for worker in workers])

    def _result(
        self, worker: _Worker, task: _Task, where: str, given_up: threading.Event | None
    ) -> _Result:
        try:
            reply: Reply[_Result] = worker.answer(task, self.limits, where, given_up)
        except _Lost as lost:
            if self._ended:
                raise Ended("the server is stopping") from None
            if lost.was_killed:
                raise
            raise LimitPassed(where, str(lost), "Ask for less.") from None
        return reply.result()

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = start(self._context, _run, (theirs, *self._arguments))
        theirs.close()
        worker = _Worker(process, ours)
        with self._lock:
            self._all.add(worker)
            if self._ended:
                process.kill()
        return worker

    def _replaced(self, worker: _Worker) -> _Worker:
        with self._lock:
            self._all.discard(worker)
        end_all([worker.process])
        worker.connection.close()
        return self._started()


class _Lost(Exception):
    """A process ended before it replied."""

    def __init__(self, exit_code: int | None, limits: Limits) -> None:
        super().__init__(why_ended(exit_code, limits))
        # Nothing that a task does ends its process by this signal: somebody else sent it.
        self.was_killed = exit_code == -getattr(signal, "SIGKILL", 9)


@dataclass(eq=False)
class _Worker:
    """One process, and what connects it with this one."""

    process: BaseProcess
    connection: Connection[Any, Any]
    is_ready: bool = field(default=False, init=False)
    tasks: int = field(default=0, init=False)
    spent: bool = field(default=False, init=False)

    def answer(
        self, task: object, limits: Limits, where: str, given_up: threading.Event | None
    ) -> Any:
        """The reply to a task. Raises _Lost where the process has ended, TooLong where it works on.

        If it raises, the process is of no more use.
        """
        self.spent = True
        try:
            if not self.is_ready:
                self._prepare(where, given_up)
                self.is_ready = True
            self.connection.send(task)
            reply = self._receive(limits.seconds, where, given_up)
        except (EOFError, OSError):
            self.process.join(5)
            raise _Lost(self.process.exitcode, limits) from None
        self.tasks += 1
        self.spent = reply.last or self.tasks >= MOST_TASKS
        return reply

    def _prepare(self, where: str, given_up: threading.Event | None) -> None:
        ready = self._receive(SECONDS_TO_PREPARE, where, given_up)
        if ready.error is not None:
            raise Unprepared(str(ready.error)) from ready.error

    def _receive(self, seconds: float, where: str, given_up: threading.Event | None) -> Reply[Any]:
        until = time.monotonic() + seconds
        while not self.connection.poll(min(_LOOK, max(0, until - time.monotonic()))):
            if time.monotonic() >= until:
                raise TooLong(where, f"this takes more than {seconds:g} seconds", "Ask for less.")
            if given_up and given_up.is_set():
                raise LimitPassed(where, "nobody waits for the answer any more", "Ask again.")
        reply: Reply[Any] = self.connection.recv()
        return reply


def _run(
    tasks: Connection[Any, Any],
    prepare: Callable[[], Any],
    work: Callable[[Any, Any], Any],
    limits: Limits,
) -> None:
    """In a process of its own: prepare, and answer tasks until the other end is closed."""
    be_quiet()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 3_000))
    with contextlib.suppress(EOFError, OSError):
        prepared = reply_to(prepare, ())
        told: Reply[None] = Reply(None, prepared.error, prepared.log)
        tasks.send_bytes(packed(told, limits))
        keep_limits(limits)
        at_start = resident()
        while True:
            task = tasks.recv()
            keep_time(limits)
            reply = reply_to(work, (prepared.value, task))
            has_grown = resident() > at_start + LARGEST_GROWTH
            tasks.send_bytes(packed(replace(reply, last=has_grown), limits))


def _end_with_parent() -> None:
    """However this process is busy, it does not outlive the one that started it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
