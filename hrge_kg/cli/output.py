"""What several verbs share: how a verb is added, options that are the same, where results go."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..file_writer import write_file

if TYPE_CHECKING:
    from ..tables.model import Result

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

TABLE_FORMATS = ("table", "csv", "tsv", "json", "xml")


def add_verb(
    verbs: Verbs, name: str, summary: str, run: Callable[[argparse.Namespace], int], example: str
) -> argparse.ArgumentParser:
    """Add a verb with its summary, which `hrge --help` shows too, and an example."""
    verb = verbs.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"Example: {example}",
    )
    verb.set_defaults(run=run)
    return verb


def add_format_option(
    verb: argparse.ArgumentParser, formats: Sequence[str], default: str | None, note: str = ""
) -> None:
    """Add --format; its help names every format and the default, which is the first."""
    first, *others = formats
    help_text = f"{first} (default), {', '.join(others)}{note}"
    verb.add_argument(
        "--format", choices=formats, default=default, metavar="FORMAT", help=help_text
    )


def add_table_options(verb: argparse.ArgumentParser, *more: str) -> None:
    """Add --format and --full, as every verb that prints a table has them."""
    add_format_option(verb, (*TABLE_FORMATS, *more), None)
    verb.add_argument("--full", action="store_true", help="do not cut long cells of a table")


def add_out_option(verb: argparse.ArgumentParser, note: str = "") -> None:
    """Add -o, the file to write to."""
    help_text = f"write to this file instead of standard output{note}"
    verb.add_argument("-o", "--out", type=Path, metavar="OUT", help=help_text)


def print_table(result: Result, arguments: argparse.Namespace) -> None:
    """Print the answer of a query in the format that was asked for."""
    from ..tables.writers import write

    sys.stdout.write(write(result, arguments.format, cut=not arguments.full))


def put(out: Path | None, content: bytes, to: str) -> None:
    """Write a result to a file, or to standard output.

    Raises InputError for a workbook without a file.
    """
    if out:
        write_file(out, content)
    elif to == "xlsx":
        raise InputError(
            "--out",
            "a workbook cannot be printed to a terminal",
            "Name the file to write: -o FILE.xlsx",
        )
    else:
        sys.stdout.write(content.decode())
