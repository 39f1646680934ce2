"""Runs work in processes of its own: what may not end, may take all memory, or may crash.

`run_limited` runs one piece of work with limits, such as a query that somebody else wrote. What
ends its process, ends no more than that. `run_each` shares out many pieces among several processes;
if one of these ends, its piece is done once more in another.

The log of the library is gathered in the process and told by this one. No process outlives it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from .errors import Fault, InputError, fault_of
from .stopping import ended_by_sigterm

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext

    _Context = ForkContext | ForkServerContext | SpawnContext

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_LOG = "hrge_kg"


@dataclass(frozen=True)
class Limits:
    """What a piece of work may use: seconds, bytes of memory, bytes of what it returns.

    >>> Limits(seconds=1).memory > Limits(seconds=1).output
    True
    """

    seconds: float = 60
    memory: int = 2_000_000_000
    output: int = 500_000_000


def run_limited(
    work: Callable[..., _Result], *arguments: object, limits: Limits, where: str
) -> _Result:
    """What `work` returns, which runs in a process of its own with limits.

    `work` is a function of a module; what it takes and returns can be pickled. Raises the
    InputError that it raises, InputError (with `where`) for a limit that is passed and for a
    process that ends itself, and Fault for any other exception.
    """
    context = _context_for_one()
    receiver, sender = context.Pipe(duplex=False)
    processes: list[BaseProcess] = []
    try:
        with ended_by_sigterm():
            processes.append(_start(context, _run_one, (receiver, sender, limits, work, arguments)))
            sender.close()
            if not receiver.poll(limits.seconds):
                raise InputError(
                    where, f"this takes more than {limits.seconds:g} seconds", "Ask for less."
                )
            try:
                reply: _Reply[_Result] = receiver.recv()
            except (EOFError, OSError):
                processes[0].join(5)
                raise InputError(
                    where, _reason(processes[0].exitcode, limits), "Ask for less."
                ) from None
    finally:
        _end(processes)
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


@dataclass(frozen=True)
class _Reply(Generic[_Result]):
    """What a process sends back: the result or the exception, and the log."""

    value: _Result | None
    error: Exception | None
    log: list[tuple[str, int, str]]

    def result(self) -> _Result:
        """The result. Tells the log first; raises the exception if there was one."""
        for name, level, message in self.log:
            logging.getLogger(name).log(level, "%s", message)
        if self.error is not None:
            raise self.error
        return cast("_Result", self.value)  # without an exception there is a result


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
        self._context = _context_for_many(preload)
        self._waiting = deque(range(len(tasks)))
        self._failed: set[int] = set()
        self._running: dict[Connection, tuple[BaseProcess, int]] = {}
        self._finished: dict[int, _Reply[_Result] | str] = {}

    def replies(self) -> Iterator[_Reply[_Result] | str]:
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
        _end([process for process, _ in self._running.values()])
        for each in self._running:
            each.close()

    def _begin(self) -> None:
        ours, theirs = self._context.Pipe()
        process = _start(self._context, _run_many, (theirs, self._work))
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
        _end([process])

    def _put_back(self, number: int, exit_code: int | None) -> None:
        if number in self._failed:
            self._finished[number] = _reason(exit_code)
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
    _be_quiet()
    _keep(limits)
    # A copy of a process has its calls on the stack, and a query has to fit above them.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 3_000))
    reply = _pickled(_reply(work, arguments))
    if reply is None or len(reply) > limits.output:
        too_large = InputError(
            "the answer", f"it is larger than {limits.output // 1_000_000} MB", "Ask for less."
        )
        reply = pickle.dumps(_Reply(None, too_large, []))
    sender.send_bytes(reply)


def _pickled(reply: _Reply[Any]) -> bytes | None:
    """The reply as it is sent; None where there is no memory for it."""
    try:
        return pickle.dumps(reply)
    except MemoryError:
        return None


def _run_many(tasks: Connection, work: Callable[[Any], Any]) -> None:
    """In a process of its own: work until no task comes any more, or the other end is closed."""
    _be_quiet()
    with contextlib.suppress(EOFError, OSError):
        while True:
            tasks.send(_reply(work, (tasks.recv(),)))


def _reply(work: Callable[..., Any], arguments: tuple[Any, ...]) -> _Reply[Any]:
    log = _Log()
    logger = logging.getLogger(_LOG)
    logger.handlers, logger.propagate = [log], False
    logger.setLevel(logging.INFO)
    try:
        return _Reply(work(*arguments), None, log.messages)
    except InputError as error:
        return _Reply(None, error, log.messages)
    except MemoryError:
        too_much = InputError("memory", "there is not enough for this", "Ask for less.")
        return _Reply(None, too_much, log.messages)
    except BaseException as error:
        return _Reply(None, Fault(fault_of(error)), log.messages)


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))


def _be_quiet() -> None:
    """Leave Ctrl-C to the process that started this one, and keep native code off its terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    faulthandler.disable()
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _keep(limits: Limits) -> None:
    """Have the system keep the limits. It does so on Linux; elsewhere only that of time is kept."""
    if sys.platform == "win32":
        return
    used = 0
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
        used = pages * resource.getpagesize()
    for which, most in (
        (resource.RLIMIT_AS, used + limits.memory),
        (resource.RLIMIT_CPU, int(limits.seconds) + 5),  # for when nobody is there to end it
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(which)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (most, hard))


def _reason(exit_code: int | None, limits: Limits | None = None) -> str:
    """Why a process ended, for people."""
    signal_number = -exit_code if exit_code is not None and exit_code < 0 else 0
    if limits and signal_number in (signal.SIGABRT, getattr(signal, "SIGXCPU", -1)):
        return (
            f"this needs more than {limits.memory // 1_000_000:,} MB of memory "
            f"or {limits.seconds:g} seconds"
        )
    if limits and signal_number:
        return "this is too large or nested too deeply to be answered"
    how = signal.Signals(signal_number).name if signal_number else f"exit code {exit_code}"
    return f"its process was ended ({how})" if limits else f"its process was ended twice ({how})"


def _start(
    context: _Context, target: Callable[..., None], arguments: tuple[object, ...]
) -> BaseProcess:
    process = context.Process(target=target, args=arguments, daemon=True)
    process.start()
    assert isinstance(process, BaseProcess)
    return process


def _end(processes: Sequence[BaseProcess]) -> None:
    for process in processes:
        process.kill()
    for process in processes:
        process.join(5)


def _context_for_one() -> _Context:
    """A copy of this process where that is safe, because no thread runs in it; else a new one."""
    try:
        alone = len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        alone = False
    return multiprocessing.get_context("fork") if alone else multiprocessing.get_context("spawn")


def _context_for_many(preload: str) -> _Context:
    """Copies of a process that only imports what they need."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context
