"""Locks by which one run knows what another is still writing.

A lock is on an open file (flock(2)), and ends with the process that holds it, however that ends. So
what nobody locks was left by a run that was killed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

if os.name == "posix":
    import fcntl


def lock(descriptor: int) -> None:
    """Lock an open file until it is closed, where the system can; wait for whoever holds it."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def locked_if_free(path: Path) -> Iterator[bool | None]:
    """Whether nobody holds the lock on a file, which is then held for the block; None where the
    system has no locks.

    Raises OSError where the file cannot be opened.
    """
    if os.name != "posix":
        yield None
        return
    with path.open("rb") as opened:
        free: bool | None = True
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            free = False
        except OSError:
            free = None
        yield free
