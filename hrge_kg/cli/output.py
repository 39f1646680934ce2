"""What several verbs share: how a verb is added, options that are the same, where results go."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..file_writer import write_file
from .streams import write_out
from .terminal import show, terminal_width

if TYPE_CHECKING:
    from ..tables.model import Result

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

_NO_TEXT = {
    "xlsx": ("a workbook", "xlsx"),
    "xlsform": ("a workbook", "xlsx"),
    "docx": ("a document for Word", "docx"),
}
"""Formats that are no text: what they are, and the ending of their files."""
_OF_KINDS = {
    ".xlsx": ("xlsx", "xlsform", "actions-xlsx"),
    ".docx": ("docx",),
    ".html": ("html",),
    ".svg": ("svg",),
    ".parquet": ("parquet",),
    ".duckdb": ("duckdb",),
    **dict.fromkeys((".pdf", ".xls", ".ods", ".doc", ".odt", ".zip", ".gz"), ()),
}
"""The formats that a program can open in a file of this ending, for endings of such files."""
_OF_FORMS = {
    "yaml": (".yaml", ".yml"),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "xlsform": (".xlsx",),
    "html": (".html",),
    "jsonld": (".jsonld", ".json"),
    "ttl": (".ttl",),
    "nt": (".nt",),
}
"""The endings by which the readers of descriptions know a format."""
TABLE_FORMATS = ("table", "csv", "tsv", "json", "xml")


def add_verb(
    verbs: Verbs,
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace], int],
    example: str,
    *,
    own_help: bool = False,
) -> argparse.ArgumentParser:
    """Add a verb with its summary, which `hrge --help` shows too, and an example.

    With `own_help`, the verb adds its option --help itself.
    """
    verb = verbs.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"Example: {example}",
        add_help=not own_help,
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


def add_language_option(verb: argparse.ArgumentParser, what: str) -> None:
    """Add --language, in which people read `what`."""
    help_text = (
        f"{what} in another language, by its tag, such as fr; what is not translated stays English"
    )
    verb.add_argument("--language", default="en", metavar="TAG", help=help_text)


def print_table(result: Result, arguments: argparse.Namespace) -> None:
    """Print the answer of a query in the format that was asked for; a table fits a terminal."""
    from ..tables.writers import write

    width = table_width(arguments)
    print_for(arguments, write(result, arguments.format, cut=not arguments.full, width=width))


def print_for(arguments: argparse.Namespace, text: str) -> None:
    """Print an answer: for people if it has no format of programs, else as it is."""
    (show if arguments.format in (None, "table") else write_out)(text)


def table_width(arguments: argparse.Namespace) -> int | None:
    """The width of the terminal if a table is to be shown on one; else None."""
    return terminal_width() if arguments.format in (None, "table") else None


def add_force_option(verb: argparse.ArgumentParser) -> None:
    """Add --force, which lets a verb that writes descriptions replace a file."""
    verb.add_argument("--force", action="store_true", help="replace OUT if there is such a file")


def put(out: Path | None, content: bytes, to: str) -> None:
    """Write a result to a file, or to standard output.

    Raises InputError for a workbook without a file, and where a description would be replaced.
    """
    if out:
        refuse_description(out)
        write_file(out, content)
    else:
        _print(content, to)


def format_or(arguments: argparse.Namespace, default: str) -> str:
    """The format that is named; without one, the default, if it fits the ending of --out."""
    if arguments.format is None:
        refuse_other_kind(arguments.out, default)
    return arguments.format or default


def refuse_other_kind(out: Path | None, to: str) -> None:
    """Raise InputError where no program could open the file, because its ending says another kind.

    Where a person names a format, it counts, whatever the ending.
    """
    ending = out.suffix.lower() if out else ""
    if out and ending in _OF_KINDS and to not in _OF_KINDS[ending] and not _is_special(out):
        raise InputError(
            str(out),
            f"the ending {ending} is not that of the format {to}",
            "Name the format too, with --format, or a file with another ending."
            if _OF_KINDS[ending]
            else "Name a file with another ending: hrge writes no such file.",
        )


def _is_special(out: Path) -> bool:
    """Whether this is a device or a pipe, of which no program looks at the ending."""
    return out.exists() and not out.is_file()


def refuse_description(out: Path) -> None:
    """Raise InputError where a result would replace a description."""
    from ..form.readers.recognition import holds_description

    if holds_description(out):
        if out.suffix.lower() == ".xlsx":  # of which hrge cannot tell who wrote it
            raise InputError(
                str(out),
                "there is such a workbook already, which somebody may have filled in",
                "Name another file, or remove this one.",
            )
        raise InputError(
            str(out),
            "the file holds a description, and a result would replace it",
            "Name another file, or remove this one.",
        )


def put_description(out: Path | None, content: bytes, to: str, *, force: bool) -> None:
    """Write a form or a description to a file, or to standard output.

    Raises InputError as `put` does; and without `force` where the file exists and is not empty,
    for a person may have written it.
    """
    if out:
        refuse_other_kind(out, to)
        ending = out.suffix.lower()
        known = {one for endings in _OF_FORMS.values() for one in endings}
        if ending in known and ending not in _OF_FORMS[to]:
            raise InputError(
                str(out),
                f"the ending {ending} is not that of the format {to}, and hrge could not read it",
                f"Name a file with the ending {' or '.join(_OF_FORMS[to])}, or another format.",
            )
        if not force and out.is_file() and out.stat().st_size:
            raise InputError(
                str(out),
                "there is such a file already, and nothing was written",
                "Name another file, or use --force to replace it.",
            )
        write_file(out, content)
    else:
        _print(content, to)


def refuse_own_output(paths: Iterable[Path]) -> None:
    """Raise InputError where standard output is a file that is to be read.

    In `hrge new --for FILE > FILE` the shell has emptied FILE before hrge reads it.
    """
    for path in paths:
        with contextlib.suppress(OSError, ValueError):  # no such file; no file at all
            if path.is_file() and os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno())):
                raise InputError(
                    str(path),
                    "standard output is this file, and with > your shell empties it before hrge "
                    "can read it",
                    "Name another file, with -o.",
                )


def _print(content: bytes, to: str) -> None:
    if to in _NO_TEXT:
        what, ending = _NO_TEXT[to]
        raise InputError(
            "--out",
            f"{what} cannot be printed to a terminal",
            f"Name the file to write: -o FILE.{ending}",
        )
    write_out(content.decode())
