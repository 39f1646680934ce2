"""What several verbs share: where results go, and the options of whatever prints a table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..file_writer import write_file

if TYPE_CHECKING:
    from ..tables.model import Result

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

TABLE_FORMATS = ("table", "csv", "tsv", "json", "xml")


def add_table_options(verb: argparse.ArgumentParser, *more: str) -> None:
    """Add --format and --full, as every verb that prints a table has them."""
    verb.add_argument(
        "--format", choices=(*TABLE_FORMATS, *more), help="the format (default: table)"
    )
    verb.add_argument("--full", action="store_true", help="do not cut long cells of a table")


def add_out_option(verb: argparse.ArgumentParser, note: str = "") -> None:
    """Add -o, the file to write to."""
    help_text = f"write to this file, not to standard output{note}"
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
