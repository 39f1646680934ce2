"""Measures a sheet of a workbook before any cell of it is made.

A row with one cell in the last column that a spreadsheet has would be made with all cells to the
left of it: a workbook of 29 kB can hold many such rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
_RANGE = re.compile(f"{_PLACE.pattern}:{_PLACE.pattern}")

CellPlace = tuple[int, int]
"""The row of a cell (from 1) and its column (from 0)."""


@dataclass(frozen=True)
class SheetExtent:
    """How many columns hold something, which rows (from 1) and columns (from 0) are hidden, and
    which cells are covered by one that is merged over them.
    """

    columns: int
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    covered: Mapping[CellPlace, CellPlace]


def measure(source: IO[bytes], sheet: str, file: str) -> SheetExtent:
    """Measure a sheet, given as the XML of its part.

    Raises InputError, with the row, where it has more than ROWS rows or CELLS cells (those that
    are covered by a merged one count), something
    right of WIDE_COLUMNS columns, or more than WIDE_ROWS rows and something right of COLUMNS.
    """
    from openpyxl.xml.functions import iterparse

    rows: set[int] = set()
    columns: set[int] = set()
    merged: list[tuple[int, int, int, int]] = []
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
        elif name == "mergeCell":
            if place := _RANGE.fullmatch(element.get("ref", "")):
                top, bottom = int(place[2]), min(int(place[4]), row)
                left, right = _number(place[1]), min(_number(place[3]), widest)
                merged.append((top, bottom, left, right))
                cells += max(0, bottom - top + 1) * max(0, right - left + 1)
            if cells > CELLS:
                raise _too_large(sheet, file, row, widest)
    covered = _covered(merged)
    return SheetExtent(widest, frozenset(rows), frozenset(columns), covered)


def _covered(merged: Iterable[tuple[int, int, int, int]]) -> dict[CellPlace, CellPlace]:
    """The cells that others are merged over, each with the one that holds the value.

    >>> _covered([(1, 2, 1, 1)])
    {(2, 0): (1, 0)}
    """
    return {
        (row, column - 1): (top, left - 1)
        for top, bottom, left, right in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


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
