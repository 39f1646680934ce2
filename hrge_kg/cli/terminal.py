"""What people read on a terminal: as wide as it is, page by page, in colour where rich is there.

Where standard output is no terminal, everything is written as it is. NO_COLOR, PAGER and TERM=dumb
count; an empty PAGER or one that is `cat` means no pages.
"""

from __future__ import annotations

import os

from .streams import output_is_terminal, write_out


def terminal_width() -> int | None:
    """How wide the terminal is on which standard output is shown; None if it is none."""
    return _size()[0] if _is_terminal() else None


def show(text: str) -> None:
    """Print a text for people: by pages if it is longer than the terminal, and in colour."""
    if not _is_terminal():
        write_out(text)
        return
    shown = _coloured(text) if _wants_colour() else text
    if text.count("\n") < _size()[1] or os.environ.get("PAGER", "less") in ("", "cat"):
        write_out(shown)
        return
    import pydoc

    os.environ.setdefault("LESS", "-FRX")  # colours; and no page where one holds all
    pydoc.pager(shown)


def _is_terminal() -> bool:
    return output_is_terminal() and os.environ.get("TERM") != "dumb"


def _size() -> tuple[int, int]:
    import shutil

    return shutil.get_terminal_size()


def _wants_colour() -> bool:
    return not os.environ.get("NO_COLOR")


def _coloured(text: str) -> str:
    """The text with names and headings set off; as it is without rich."""
    try:
        from rich.console import Console
        from rich.text import Text
    except ImportError:
        return text
    from ..namespaces import PREFIXES

    console = Console(highlight=False)
    coloured = Text(text, end="")
    coloured.highlight_regex(rf"\b(?:{'|'.join(map(str, PREFIXES))}):[^\s\]),;]+", "blue")
    coloured.highlight_regex(r"(?m)^\S.*(?=\n-+( |$))", "bold")  # above a rule
    coloured.highlight_regex(r"(?m)^\S.*(?=\n  )", "bold")  # above what is indented
    with console.capture() as capture:
        console.print(coloured, soft_wrap=True, end="")
    return capture.get()
