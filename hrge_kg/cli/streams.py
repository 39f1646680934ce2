"""The standard streams: what is printed where, and what becomes of it if that cannot be done.

Nothing else in the package prints, but for the bar of `progress`. Errors and progress are escaped:
they repeat names of files, arguments and words of other machines.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator

from ..errors import InputError, fault_of
from ..escaping import escaped
from ..system_errors import system_error

FAULT = 70
"""The exit code for a fault of hrge itself (EX_SOFTWARE of sysexits.h)."""
OUTPUT = "standard output"
_LONGEST_LINE = 10_000
"""Characters of a line of standard input that are read at once."""
_REPORT_TO = "CONTRIBUTING.md says where (“Reporting a fault”)"


class _Closed(io.TextIOBase):
    """In the place of a stream that is closed."""

    def write(self, text: str) -> int:
        raise OSError(9, "it is closed")


def prepare() -> None:
    """Have both streams write UTF-8, and have a closed one refuse what is written to it."""
    for descriptor in range(3):  # else the next file that is opened would take its place
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    # A locale that lacks ↑ must not end the report, nor recode a file of RDF.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write_out(text: str) -> None:
    """Write a result to standard output, as it is. Raises InputError where it cannot be written."""
    with _told():
        sys.stdout.write(text)


def hear() -> str | None:
    """A line of standard input, without its end; None where there is no more."""
    if sys.stdin is None or sys.stdin.closed:
        return None
    with contextlib.suppress(UnicodeDecodeError):
        line = sys.stdin.readline(_LONGEST_LINE)
        return line.rstrip("\n") if line else None
    return ""


def error_is_terminal() -> bool:
    """Whether a person reads standard error while it is written."""
    with contextlib.suppress(OSError, ValueError):
        return sys.stderr.isatty()
    return False


def output_is_terminal() -> bool:
    """Whether a person reads standard output while it is written."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return sys.stdout.isatty()
    return False


def tell(text: str) -> None:
    """Print a message on standard error: each of its lines escaped, after the name of the command.

    Where it cannot be written nothing is told: there is no other place.
    """
    with contextlib.suppress(OSError, ValueError):
        for line in text.split("\n"):
            print(f"hrge: {escaped(line)}", file=sys.stderr)


def tell_error(error: InputError) -> None:
    """Print an error on standard error, a line for each mistake."""
    tell(str(error))


def tell_fault(error: BaseException) -> None:
    """Print that hrge itself is at fault, and where to report it."""
    tell(f"this is a fault of hrge, not of your input: {fault_of(error)}")
    tell(f"Please report it, with this line and the command that you gave; {_REPORT_TO}.")


def flush() -> None:
    """Write what standard output still holds back. Raises InputError as `write_out` does."""
    with _told(), contextlib.suppress(ValueError):  # closed by whoever called
        sys.stdout.flush()


def drop_output() -> None:
    """Throw away what standard output holds back: it cannot be written, now or later."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        sys.stdout.flush()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # the reader has gone: no error
        raise
    except OSError as error:
        raise system_error(error, OUTPUT, "cannot be written: {}") from error
