"""Shows how far work on many files is: a bar with the time left where standard error is a terminal
and rich is installed (extra `progress`), else a line for each file.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..escaping import escaped
from .streams import error_is_terminal, tell

if TYPE_CHECKING:
    from rich.console import Console

Done = Callable[[str, bool], None]
"""Called for each file with its name, and whether it could be used; else its error is told."""


@contextlib.contextmanager
def progress(total: int, *, lines: bool = True) -> Iterator[Done]:
    """While this block runs, each call of what it gives is one more file that is done.

    Without `lines`, nothing is told where there is no bar.
    """
    console = _console() if total > 1 and error_is_terminal() else None
    if console is None:
        yield _lines(total if lines else 0)
    else:
        with _bar(console, total) as done:
            yield done


def _console() -> Console | None:
    """The terminal on standard error; None where no bar can be drawn."""
    try:
        from rich.console import Console
    except ImportError:
        return None
    console = Console(stderr=True)
    return console if console.is_interactive else None


@contextlib.contextmanager
def _bar(console: Console, total: int) -> Iterator[Done]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(separator=" of "),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    # What is told meanwhile stands above the bar: rich sees to it.
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda file, usable: bar.update(task, advance=1, description=escaped(file))


def _lines(total: int) -> Done:
    number = 0

    def done(file: str, usable: bool) -> None:
        nonlocal number
        number += 1
        if usable and total > 1:
            tell(f"{number} of {total}: {file}")

    return done
