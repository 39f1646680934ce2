"""Reads the files that people hand in, and checks the names and titles in them.

Every file passes here first, whatever its format: it must be text of limited size without control
characters. So no reader has to deal with anything else. The text is UTF-8; a table may also be in
the encodings in which spreadsheets save it, and this is told.

>>> clean_title(" A shelter \\n for women ")
'A shelter for women'
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import select
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from ..errors import InputError
from ..escaping import escaped
from ..resources import relative
from ..system_errors import system_error
from .characters import fold_title, named
from .notes import Notes

STDIN = "standard input"
LARGEST = 5_000_000
"""Bytes of a file. Descriptions of programmes are far smaller."""

SILENCE: float = 60
"""Seconds that hrge waits for a pipe to which nobody writes."""

# Control characters, which a text file does not need. They could break a parser, or change what
# the user's terminal shows.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_SHORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class HeldFile:
    """A file that is in memory, under the name by which messages and reports call it.

    >>> HeldFile("a/shelter.YAML", b"").suffix
    '.YAML'
    """

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """The ending of the name."""
        return PurePosixPath(self.name).suffix

    def is_dir(self) -> bool:
        """No."""
        return False

    def __str__(self) -> str:
        return self.name


Source: TypeAlias = Path | HeldFile


def file_name(path: Source) -> str:
    """A path as messages and reports print it; `-` is standard input.

    >>> file_name(Path("-")), file_name(Path("no-such-\\udcff.yaml"))
    ('standard input', 'no-such-\\\\xff.yaml')
    """
    if isinstance(path, HeldFile):
        return escaped(path.name)
    try:
        return STDIN if str(path) == "-" else escaped(relative(path))
    except (OSError, ValueError, RuntimeError):  # links in a circle; a NUL in the name
        return escaped(str(path))


def read_text(path: Source, largest: int = LARGEST) -> str:
    """The text of a file; its line ends are kept.

    Raises InputError where the file is missing, no file, empty, too large or no UTF-8 text.

    >>> read_text(Path("no-such-file.yaml"))
    Traceback (most recent call last):
    hrge_kg.errors.InputError: no-such-file.yaml: there is no such file. Check the path.
    """
    content, file = _content(path, largest)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            file,
            "the file is not UTF-8 text",
            "Save it as UTF-8 text.",
            line=_line_at(content, error.start),
        ) from error
    return _checked(text, file)


def read_table_text(path: Source, largest: int, notes: Notes) -> str:
    """The text of a table: as `read_text`, and also Windows-1252 and UTF-16, which are told.

    Raises InputError as `read_text` does.
    """
    content, file = _content(path, largest)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with contextlib.suppress(UnicodeDecodeError):
            text = _checked(content.decode("utf-16"), file)
            notes.add("the file is in UTF-16, and is read as such")
            return text
    try:
        return _checked(content.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        line = _line_at(content, error.start)
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(
            file,
            "the file is neither UTF-8 nor Windows-1252 text",
            "Save it as “CSV UTF-8”.",
            line=line,
        ) from error
    notes.add(
        "this is not UTF-8; the file is read as Windows-1252. If a letter of the title is wrong, "
        "save it as “CSV UTF-8”",
        line=line,
    )
    return _checked(text, file)


def _content(path: Source, largest: int) -> tuple[bytes, str]:
    """The bytes of a file that is not too large, and its name for messages."""
    content = read_bytes(path, largest)
    file = file_name(path)
    if len(content) > largest:
        raise InputError(
            file,
            f"the file is larger than {largest // 1_000_000} MB",
            "Describe fewer programmes in one file.",
        )
    return content, file


def _line_at(content: bytes, place: int) -> int:
    return content[:place].count(b"\n") + 1


def _checked(text: str, file: str) -> str:
    """A text without control characters that is not empty."""
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


def read_bytes(path: Source, largest: int = LARGEST) -> bytes:
    """The bytes of a file, at most `largest` and one more, which shows that it is too large.

    Raises InputError where the file is missing, or no file.
    """
    if isinstance(path, HeldFile):
        return path.content[: largest + 1]
    try:
        if str(path) == "-":
            return _standard_input(largest)
        if path.is_dir():
            raise InputError(str(path), "this is a folder", "Name the files in it.")
        if path.is_fifo():
            return _from_pipe(path, largest)
        with path.open("rb") as opened:
            return opened.read(largest + 1)
    except FileNotFoundError:
        raise InputError(str(path), "there is no such file", "Check the path.") from None
    except OSError as error:
        raise system_error(error, file_name(path), "the file cannot be read ({})") from error
    except (ValueError, RuntimeError) as error:  # a NUL in the name; links in a circle
        raise InputError(
            str(path), f"the file cannot be read ({error})", "Check the path."
        ) from error


def _from_pipe(path: Path, largest: int) -> bytes:
    """What is written to a pipe, as by `hrge validate <(…)`; nobody may ever write to one."""
    parts: list[bytes] = []
    left = largest + 1
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as pipe:
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN)
        while left and waiting.poll(SILENCE * 1000):
            part = pipe.read(left)
            if not part:
                return b"".join(parts)
            parts.append(part)
            left -= len(part)
    if left:
        raise InputError(
            file_name(path),
            f"this is a pipe to which nobody writes for {SILENCE:g} seconds",
            "Check the command that writes to it, or name a file.",
        )
    return b"".join(parts)


def _standard_input(largest: int) -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(STDIN, "it is closed", "Name a file, or give the text on standard input.")
    return sys.stdin.buffer.read(largest + 1)


def clean_title(text: str) -> str | None:
    """A title on one line, with single spaces; None where it is not one.

    It is empty or longer than 300 characters, or a character in it cannot be printed.

    >>> clean_title("\\x1b[31mred") is None
    True
    """
    return None if title_problem(text) else fold_title(text).text


def title_problem(text: str) -> tuple[str, str] | None:
    """What is wrong with a title, and what to do; None where nothing is.

    >>> title_problem(" ")
    ('the title is empty', 'Write one short line.')
    """
    folded = fold_title(text)
    if folded.odd:
        return f"the title has {named(folded.odd)}, which does not print", "Remove it."
    if not folded.text:
        return "the title is empty", "Write one short line."
    if len(folded.text) > 300:
        return "the title is longer than 300 characters", "Write one short line."
    return None


def is_short_name(text: str) -> bool:
    """Whether a text is a name of small letters, digits and hyphens.

    >>> is_short_name("my-shelter"), is_short_name("My shelter")
    (True, False)
    """
    return len(text) <= 100 and _SHORT_NAME.fullmatch(text) is not None


def printable(text: str) -> str:
    """A text as a message repeats it: cut if long, with � for what cannot be printed.

    >>> printable("a\x07" + "b" * 100)[-3:]
    'bbb'
    """
    short = text if len(text) <= 200 else text[:200] + "…"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in short)


def quoted(text: str) -> str:
    """A person's words, in quotation marks.

    >>> quoted("b" * 61)
    '“bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…”'
    """
    return f"“{printable(text if len(text) <= 60 else text[:60] + '…')}”"
