"""Runs the command: finds the verb, runs it, and turns its errors into exit codes.

>>> main(["query", "no-such-query"])
2
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NoReturn

from ..errors import InputError, Stopped
from ..escaping import escaped
from ..stopping import ended_by_sigterm
from ..system_errors import system_error
from .streams import FAULT, drop_output, flush, prepare, tell, tell_error, tell_fault, write_out

VERBS = (
    "build",
    "shapes",
    "query",
    "search",
    "coverage",
    "validate",
    "portfolio",
    "applicable",
    "compare",
    "ask",
    "new",
    "convert",
    "trail",
    "explain",
    "text",
    "publish",
    "site",
    "serve",
    "completion",
)
"""The verbs in the order of the help; each is a module of this room."""


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return its exit code. No exception leaves it but argparse's SystemExit."""
    prepare()
    try:
        words = sys.argv[1:] if argv is None else argv
        arguments = parser(words[0] if words else None).parse_args(words)
        with _progress_on_stderr(), ended_by_sigterm():
            code = _run(arguments)
        flush()
        return code
    except SystemExit:  # argparse, which has said all, if it could be written
        unwritten = _flush_failed()
        if unwritten is None:
            raise
        return unwritten
    except BrokenPipeError:  # the reader has gone, as with `| head`
        return 0
    except KeyboardInterrupt as stop:
        return 143 if isinstance(stop, Stopped) else 130
    except BaseException as error:
        return _told(error)
    finally:
        try:
            flush()
        except (BrokenPipeError, InputError):  # told already
            drop_output()


def _flush_failed() -> int | None:
    """The exit code if what was printed cannot be written; None where it is."""
    try:
        flush()
    except BrokenPipeError:
        return 0
    except InputError as error:
        return _told(error)
    return None


def _run(arguments: argparse.Namespace) -> int:
    """Run the verb; once more if it failed because the kept graph is damaged, which is removed."""
    verb: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return verb(arguments)
    except (BrokenPipeError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        from ..graph.store import was_of_damage

        if not was_of_damage(error):
            raise
    return verb(arguments)


def _told(error: BaseException) -> int:
    """Tell an error, and return the exit code that goes with it."""
    if isinstance(error, InputError):
        tell_error(error)
    elif isinstance(error, OSError):
        tell_error(system_error(error))
    elif isinstance(error, MemoryError):
        tell_error(InputError("memory", "there is not enough for this", "Ask for less."))
    else:
        tell_fault(error)
        return FAULT
    return 2


class _ProgressHandler(logging.Handler):
    """Prints each message of the library on the standard error of that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        tell(record.getMessage())


class _Parser(argparse.ArgumentParser):
    """Repeats no argument as it was given, for it may hold what does not print; and says so if its
    help cannot be written.
    """

    def print_help(self, file: object = None) -> None:
        write_out(self.format_help())

    def error(self, message: str) -> NoReturn:
        super().error(escaped(message))


@contextlib.contextmanager
def _progress_on_stderr() -> Iterator[None]:
    logger, handler = logging.getLogger("hrge_kg"), _ProgressHandler()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


class _Version(argparse.Action):
    """Prints the version. Only then is it looked up, which takes long."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """As `argparse.Action` has it."""
        from importlib.metadata import version

        write_out(f"{parser.prog} {version('hrge-kg')}\n")
        parser.exit()


def parser(verb: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command line: with one verb alone, which is quick, or else with all."""
    made = _Parser(
        prog="hrge",
        description="Query a legal knowledge graph of one section of a UN toolkit, "
        "check descriptions of programmes against it, and follow its citations.",
        epilog="`hrge VERB --help` says more. Exit codes: 0 fine, 1 a result that needs attention, "
        "2 input that cannot be used, 70 a fault of hrge.",
    )
    made.add_argument("--version", action=_Version, nargs=0, help="print the version, and stop")
    verbs = made.add_subparsers(required=True, metavar="VERB")
    for name in [verb] if verb in VERBS else VERBS:
        # A verb imports what it needs when it runs: a query does not wait for a SHACL engine.
        import_module(f".{name}", __package__).add_to(verbs)
    return made
