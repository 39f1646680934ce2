"""Reads the text of a file that a person hands in, bounded, and says what words of theirs may look
like. Whatever format it is in, it passes here first, so that no reader meets NUL bytes, other
encodings or endless files.

>>> clean_title(" A shelter \\n for women ")
'A shelter for women'
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from ..errors import InputError
from ..resources import relative

STDIN = "standard input"
LARGEST = 5_000_000
"""Bytes. Nothing that describes programmes comes near it."""

# What no text file holds: it would break a parser, or write over the reader's terminal.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
# Two marks without width that Persian and the languages of India need.
_JOINERS = str.maketrans("", "", "\u200c\u200d")
_SHORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def file_name(path: Path) -> str:
    """A path as messages print it; `-` is standard input.

    >>> file_name(Path("-"))
    'standard input'
    """
    try:
        return STDIN if str(path) == "-" else relative(path)
    except (OSError, ValueError, RuntimeError):  # links in a circle; a NUL in the name
        return ascii(str(path))[1:-1]


def read_text(path: Path, largest: int = LARGEST) -> str:
    """The text of a file; its line ends are kept.
    Raises InputError where the file is missing, no file, empty, too large or no UTF-8 text.

    >>> read_text(Path("no-such-file.yaml"))
    Traceback (most recent call last):
    hrge_kg.errors.InputError: no-such-file.yaml: there is no such file. Check the path.
    """
    content = read_bytes(path, largest)
    file = file_name(path)
    if len(content) > largest:
        raise InputError(
            file,
            f"the file is larger than {largest // 1_000_000} MB",
            "Describe fewer programmes in one file.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(
            file, "the file is not UTF-8 text", "Save it as UTF-8 text.", line=line
        ) from error
    odd = _CONTROL.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise InputError(
            file,
            f"the control character U+{ord(odd[0]):04X} stands here",
            "Remove it, and save the file as UTF-8 text.",
            line=line,
        )
    if not text.strip():
        raise InputError(
            file, "the file is empty", "Start from the template that `hrge new` prints."
        )
    return text


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file, one more than `largest` at most.

    Raises InputError where the file is missing, or no file.
    """
    if str(path) == "-":
        return sys.stdin.buffer.read(largest + 1)
    try:
        if path.is_dir():
            raise InputError(str(path), "this is a folder", "Name the files in it.")
        with path.open("rb") as opened:
            return opened.read(largest + 1)
    except FileNotFoundError:
        raise InputError(str(path), "there is no such file", "Check the path.") from None
    except (
        OSError,
        ValueError,
        RuntimeError,
    ) as error:  # no permission; a NUL in the name; links in a circle
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            ascii(str(path))[1:-1],
            f"the file cannot be read ({reason})",
            "Check the path and its permissions.",
        ) from error


def clean_title(text: str) -> str | None:
    """A title on one line, with single spaces; None where a character in it does not print, or it
    is longer than 300.

    >>> clean_title("\\x1b[31mred") is None
    True
    """
    line = " ".join(text.split())
    return line if 0 < len(line) <= 300 and line.translate(_JOINERS).isprintable() else None


def is_short_name(text: str) -> bool:
    """Whether a text is a name of small letters, digits and hyphens.

    >>> is_short_name("my-shelter"), is_short_name("My shelter")
    (True, False)
    """
    return len(text) <= 100 and _SHORT_NAME.fullmatch(text) is not None


def printable(text: str) -> str:
    """A text as a message repeats it: shortened, with nothing that does not print.

    >>> printable("a\x07" + "b" * 100)[-3:]
    'bbb'
    """
    short = text if len(text) <= 200 else text[:200] + "…"
    return "".join(c if c.isprintable() else "\ufffd" for c in short)


def quoted(text: str) -> str:
    """A person's words, in quotation marks.

    >>> quoted("b" * 61)
    '“bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…”'
    """
    return f"“{printable(text if len(text) <= 60 else text[:60] + '…')}”"
