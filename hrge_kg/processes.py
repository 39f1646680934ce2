"""What all processes of our own have in common: limits, how a reply comes back, how they end.

`workers` runs one piece of work, or many; `worker_pool` keeps processes that wait for work.
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
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from .errors import Fault, InputError, fault_of

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext

    Context = ForkContext | ForkServerContext | SpawnContext

_Result = TypeVar("_Result")
_LOG = "hrge_kg"
_STATM = Path("/proc/self/statm")


@dataclass(frozen=True)
class Limits:
    """What a piece of work may use: seconds, bytes of memory, bytes of what it returns.

    >>> Limits(seconds=1).memory > Limits(seconds=1).output
    True
    """

    seconds: float = 60
    memory: int = 2_000_000_000
    output: int = 500_000_000


class LimitPassed(InputError):
    """Work that used more than it may, or crashed its process."""


class TooLong(LimitPassed):
    """Work that took more time than it may."""


@dataclass(frozen=True)
class Reply(Generic[_Result]):
    """What a process sends back: the result or the exception, and the log.

    `last` says that the process had better do nothing more.
    """

    value: _Result | None
    error: Exception | None
    log: list[tuple[str, int, str]]
    last: bool = False

    def result(self) -> _Result:
        """The result. Tells the log first; raises the exception if there was one."""
        for name, level, message in self.log:
            logging.getLogger(name).log(level, "%s", message)
        if self.error is not None:
            raise self.error
        return cast("_Result", self.value)  # without an exception there is a result


def packed(reply: Reply[Any], limits: Limits) -> bytes:
    """The reply as it is sent; in place of one that is too large, a reply that says so."""
    try:
        data = pickle.dumps(reply)
    except MemoryError:
        data = b""
    if data and len(data) <= limits.output:
        return data
    too_large = LimitPassed(
        "the answer", f"it is larger than {limits.output // 1_000_000} MB", "Ask for less."
    )
    return pickle.dumps(Reply(None, too_large, [], reply.last))


def reply_to(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Reply[Any]:
    """What the work returns or raises, with its log. Only for a process that ends thereafter, or
    works on: the log of the library is gathered from here on.
    """
    log = _Log()
    logger = logging.getLogger(_LOG)
    logger.handlers, logger.propagate = [log], False
    logger.setLevel(logging.INFO)
    try:
        return Reply(work(*arguments), None, log.messages)
    except InputError as error:
        return Reply(None, error, log.messages)
    except MemoryError:
        too_much = LimitPassed("memory", "there is not enough for this", "Ask for less.")
        return Reply(None, too_much, log.messages)
    except BaseException as error:
        return Reply(None, Fault(fault_of(error)), log.messages)


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))


def be_quiet() -> None:
    """Leave Ctrl-C to the process that started this one, and keep native code off its terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    faulthandler.disable()
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def keep_limits(limits: Limits) -> None:
    """Have the system keep the limits. It does so on Linux; elsewhere only that of time is kept."""
    if sys.platform == "win32":
        return
    used = 0
    with contextlib.suppress(OSError, ValueError):
        used = int(_STATM.read_bytes().split()[0]) * resource.getpagesize()
    _limit(resource.RLIMIT_AS, used + limits.memory)
    _limit(resource.RLIMIT_CORE, 0)
    keep_time(limits)


def keep_time(limits: Limits) -> None:
    """Have the system end this process if it now works for longer, and nobody is there to do so."""
    if sys.platform != "win32":
        _limit(resource.RLIMIT_CPU, int(time.process_time() + limits.seconds) + 5)


def resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError, ValueError):
            return int(_STATM.read_bytes().split()[1]) * resource.getpagesize()
    return 0


def _limit(which: int, most: int) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(which)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (most, hard))


def why_ended(exit_code: int | None, limits: Limits | None = None) -> str:
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


def start(
    context: Context, target: Callable[..., None], arguments: tuple[object, ...]
) -> BaseProcess:
    """A process that runs `target`, and ends with this one at the latest."""
    process = context.Process(target=target, args=arguments, daemon=True)
    process.start()
    assert isinstance(process, BaseProcess)
    return process


def end_all(processes: Sequence[BaseProcess]) -> None:
    """End processes at once, whatever they do."""
    for process in processes:
        process.kill()
    for process in processes:
        process.join(5)


def context_for_one() -> Context:
    """A copy of this process where that is safe, because no thread runs in it; else a new one."""
    try:
        alone = len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        alone = False
    return multiprocessing.get_context("fork") if alone else multiprocessing.get_context("spawn")


def context_for_many(*preload: str) -> Context:
    """Copies of a process that only imports what they need."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context
