"""SIGTERM as an exception: a run that is asked to end tidies up first, as it does on Ctrl-C."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from .errors import Stopped


@contextlib.contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """For the block, SIGTERM raises Stopped. Only the main thread can have it so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def ended_at_once() -> Iterator[None]:
    """For the block, Ctrl-C ends this process without a word, unless somebody has changed that."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)
