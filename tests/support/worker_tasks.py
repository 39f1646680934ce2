"""What the tests of workers have them do; a process of its own imports it."""

from __future__ import annotations

import logging
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hrge_kg.errors import InputError

if TYPE_CHECKING:
    from hrge_kg.assessment.model import Assessment


def double(number: int) -> int:
    """Twice the number; the log says so."""
    logging.getLogger("hrge_kg.test").warning("doubled %s", number)
    return 2 * number


def sleep(seconds: float) -> str:
    """Sleep, and say so."""
    time.sleep(seconds)
    return "slept"


def grow(size: int) -> int:
    """The length of a text of this size."""
    return len("x" * size)


def large(size: int) -> bytes:
    """That many bytes."""
    return b"x" * size


def end(number: int) -> int:
    """End this process by a signal, or with an exit code below zero."""
    if number < 0:
        os._exit(-number)
    os.kill(os.getpid(), number)
    time.sleep(60)
    return number


def refuse(where: str) -> None:
    """Raise InputError."""
    raise InputError(where, "this is wrong", "Mend it.", line=7)


def fail(words: str) -> None:
    """Raise what nobody expects."""
    raise LookupError(words)


def once_killed(path: Path) -> str:
    """End this process by SIGKILL, but not again where a file says that it was done."""
    done = path.with_suffix(".done")
    if path.name.startswith("killed") and not done.exists():
        done.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name.startswith("always"):
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{path.name} {os.getpid()}"


def nothing() -> None:
    """Prepare nothing."""


def do(state: None, task: tuple[str, object]) -> object:
    """Do one of the above by its name."""
    return globals()[task[0]](task[1])


_kept: list[bytes] = []


def keep(size: int) -> int:
    """Take so many bytes, and keep them."""
    _kept.append(b"x" * size)
    return size


def refuse_to_prepare() -> None:
    """Raise InputError before there is any task."""
    raise InputError("here", "there is nothing to work on", "Make something.")


def killed_by_one(assessment: Assessment) -> str:
    """The title of an assessed description; one title ends the process."""
    title = assessment.description.title
    if title == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return title
