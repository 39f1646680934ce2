"""Measures a sheet of a workbook before any cell of it is made.

A row with one cell in the last column that a spreadsheet has would be made with all cells to the
left of it: a workbook of 29 kB can hold many such rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO

from ...errors import InputError

ROWS = 20_000
COLUMNS = 500
WIDE_ROWS = 1_000
WIDE_COLUMNS = 6_000
"""A sheet of so few rows may have so many columns: an export has one for each choice."""
CELLS = 200_000
"""Cells with something in them, of one sheet. A form that answers everything has a few thousand."""

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class SheetExtent:
    """How many columns hold something, and which rows (from 1) and columns (from 0) are hidden."""

    columns: int
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


def measure(source: IO[bytes], sheet: str, file: str) -> SheetExtent:
    """Measure a sheet, given as the XML of its part.

    Raises InputError, with the row, where it has more than ROWS rows or CELLS cells, something
    right of WIDE_COLUMNS columns, or more than WIDE_ROWS rows and something right of COLUMNS.
    """
    from openpyxl.xml.functions import iterparse

    rows: set[int] = set()
    columns: set[int] = set()
    row = column = widest = cells = 0
    for _, element in iterparse(source):
        name = element.tag.rpartition("}")[2]
        is_hidden = element.get("hidden") in ("1", "true")
        if name == "c":
            place = _PLACE.fullmatch(element.get("r", ""))
            column = _number(place[1]) if place else column + 1
            if len(element):
                widest, cells = max(widest, column), cells + 1
                if column > WIDE_COLUMNS or cells > CELLS:
                    raise _too_large(sheet, file, int(place[2]) if place else row + 1, column)
            element.clear()
        elif name == "row":
            row, column = int(element.get("r", row + 1)), 0
            rows |= {row} if is_hidden else set()
            element.clear()
            if row > WIDE_ROWS and widest > COLUMNS:
                raise _too_large(sheet, file, row, widest)
            if row > ROWS:
                raise InputError(
                    file,
                    f"the sheet {sheet} has more than {ROWS} rows",
                    "Delete the empty rows below the form.",
                    line=row,
                )
        elif name == "col" and is_hidden:
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            columns |= set(range(first - 1, min(last, WIDE_COLUMNS)))
    return SheetExtent(widest, frozenset(rows), frozenset(columns))


def _too_large(sheet: str, file: str, row: int, column: int) -> InputError:
    if column > COLUMNS:
        limit = f"{WIDE_COLUMNS:,}" if row <= WIDE_ROWS else f"{COLUMNS}"
        problem = f"the sheet {sheet} has something right of {limit} columns"
        return InputError(file, problem, "Delete the columns right of the form.", line=row)
    problem = f"the sheet {sheet} has more than {CELLS:,} cells"
    return InputError(file, problem, "Keep only the cells of the form.", line=row)


def _number(letters: str) -> int:
    """The number of a column, from 1.

    >>> _number("A"), _number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
