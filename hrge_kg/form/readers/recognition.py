"""Tells whether a file holds a description, so that no result replaces what a person wrote."""

from __future__ import annotations

import re
from pathlib import Path

from ..table_layout import CSV_COLUMNS, SEPARATOR_LINE
from .export_columns import is_export
from .rdf_reader import RDF_ENDINGS

_MOST = 5_000_000
_NAMESPACE = b"w3id.org/hrge/"


def holds_description(path: Path) -> bool:
    """Whether a file may hold a description, whole or with mistakes; an empty file holds none.

    A result of hrge is never YAML or a workbook. A table or a file in RDF can be either.

    >>> holds_description(Path("no-such-file.yaml"))
    False
    """
    try:
        if not path.is_file() or not path.stat().st_size:
            return False
        ending = path.suffix.lower()
        if ending in (".yaml", ".yml", ".xlsx"):
            return True
        if ending == ".csv":
            return _is_form(path)
        return ending in RDF_ENDINGS and _describes(path)
    except (OSError, ValueError):  # whoever writes to it finds out
        return False


def _is_form(path: Path) -> bool:
    with path.open("rb") as opened:
        text = opened.read(4_000)
    encoding = "utf-16" if text.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    table = text.decode(encoding, errors="replace")
    separator = SEPARATOR_LINE.match(table)
    first = table[separator.end() if separator else 0 :].lstrip().split("\n", 1)[0]
    columns = {cell.strip(' \r"').lower() for cell in re.split(r"[,;\t]", first)}
    # A person may have renamed a column.
    is_form = "part" in columns and len(columns & {*CSV_COLUMNS}) > 1
    return is_form or is_export(list(columns))


def _describes(path: Path) -> bool:
    with path.open("rb") as opened:
        text = opened.read(_MOST)
    return (
        _NAMESPACE in text
        and b"ValidationReport" not in text
        and bool(re.search(rb"\bProgramme\b", text))
    )
