"""Runs the command: finds the verb, runs it, and turns its errors into exit codes.

>>> main(["query", "no-such-query"])
2
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import io
import logging
import os
import sys
from collections.abc import Callable, Iterator

from ..errors import InputError
from . import (
    applicable,
    build,
    compare,
    convert,
    coverage,
    explain,
    new,
    query,
    shapes,
    text,
    trail,
    validate,
)
from .output import tell_error

# A verb imports what it needs when it runs: a query should not wait for a SHACL engine.
VERBS = (
    build,
    shapes,
    query,
    coverage,
    validate,
    applicable,
    compare,
    new,
    convert,
    trail,
    explain,
    text,
)


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A locale that lacks ↑ must not end the report, nor recode a file of RDF.
            stream.reconfigure(encoding="utf-8")
    arguments = parser().parse_args(argv)
    verb: Callable[[argparse.Namespace], int] = arguments.run
    try:
        with _progress_on_stderr():
            return verb(arguments)
    except InputError as error:
        tell_error(error)
        return 2
    except BrokenPipeError:
        # The reader has gone, as with `| head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


class _ProgressHandler(logging.Handler):
    """Prints each message of the library on the standard error of that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        print(f"hrge: {record.getMessage()}", file=sys.stderr)


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


def parser() -> argparse.ArgumentParser:
    """The parser of the command line, with every verb."""
    made = argparse.ArgumentParser(
        prog="hrge",
        description="Query a legal knowledge graph of one section of a UN toolkit, "
        "check descriptions of programmes against it, and follow its citations.",
        epilog="`hrge VERB --help` says more. Exit codes: 0 fine, 1 a result that needs attention, "
        "2 input that cannot be used.",
    )
    version = importlib.metadata.version("hrge-kg")
    made.add_argument("--version", action="version", version=f"%(prog)s {version}")
    verbs = made.add_subparsers(required=True, metavar="VERB")
    for verb in VERBS:
        verb.add_to(verbs)
    return made
