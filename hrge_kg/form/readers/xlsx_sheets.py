"""Reads the cells of a workbook (.xlsx), as they show, with what of it a person does not see.

Needs the extra `xlsx` (openpyxl). Nothing is worked out: what a formula would show is not known.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...errors import InputError, MissingExtra, Mistakes
from ...parsing.files import LARGEST
from .sheet_extent import CellPlace, measure
from .tabular import ERROR, FORMULA, Cell, cell_text

_UNPACKED = 50_000_000  # bytes: a small file may unpack to any size
_OLE = b"\xd0\xcf\x11\xe0"  # how older workbooks begin, and those with a password
_BEGINNING = 4_000
"""Bytes of a part in which the namespaces of its root stand."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet, and what of it a person does not see, or has struck through."""

    title: str
    rows: list[list[Cell]]
    hidden: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]  # from 0
    struck: set[str]
    covered: dict[CellPlace, CellPlace]
    """The cells over which another is merged, each with that one, if something stands in it."""


def read_sheets(
    content: bytes, file: str, mistakes: Mistakes, ignored: Iterable[str] = ()
) -> dict[str, Sheet]:
    """The sheets of a workbook by their titles, but for those that are ignored.

    Raises InputError for what is no workbook, or too large. What no cell may hold is gathered.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra(file, "openpyxl", "xlsx") from error
    if len(content) > LARGEST:
        raise InputError(
            file,
            f"the file is larger than {LARGEST // 1_000_000} MB",
            "Keep only the sheets of the form.",
        )
    if content.startswith(_OLE):
        raise InputError(
            file,
            "this workbook cannot be read: it is of an older kind (.xls), or locked by a password",
            "Save it again as .xlsx, without a password.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_kind(packed, file)
            if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                raise InputError(
                    file,
                    "the workbook is too large once unpacked",
                    "Keep only the sheets of the form.",
                )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that hold no cells
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            return {
                sheet.title: _sheet(sheet, file, mistakes)
                for sheet in book.worksheets
                if sheet.title not in ignored
            }
    except InputError:
        raise
    except zipfile.BadZipFile as error:
        raise InputError(
            file,
            "the file is named .xlsx and is no workbook, or only a part of one",
            "Fetch it again, or save it as the file type “Excel Workbook (.xlsx)”.",
        ) from error
    except Exception as error:  # openpyxl lets through whatever its parsers meet
        raise InputError(
            file,
            "this workbook cannot be read",
            "Open it in a spreadsheet and save it again as .xlsx, without a password. If that does "
            "not help, copy its cells, without their formats, into the workbook of `hrge new`.",
        ) from error


def _check_kind(packed: zipfile.ZipFile, file: str) -> None:
    """Raise InputError for the kinds of workbooks that are not read, and say how to save them."""
    names = packed.namelist()
    for name in names:
        if name.endswith("workbook.xml"):
            with packed.open(name) as opened:
                if b"purl.oclc.org/ooxml" in opened.read(_BEGINNING):
                    raise InputError(
                        file,
                        "hrge does not read workbooks of the kind “Strict Open XML”",
                        "Save it as the file type “Excel Workbook (.xlsx)”.",
                    )
    if any("/chartsheets/" in name for name in names):
        raise InputError(
            file,
            "one of the sheets is a chart, and hrge reads no workbook with such a sheet",
            "Delete it, or move the chart into another workbook.",
        )
    if "content.xml" in names or any(name.endswith("workbook.bin") for name in names):
        raise InputError(
            file,
            "the file is named .xlsx and is a workbook of another kind",
            "Save it as the file type “Excel Workbook (.xlsx)”.",
        )


def _sheet(sheet: Any, file: str, mistakes: Mistakes) -> Sheet:
    with sheet._get_source() as source:
        extent = measure(source, sheet.title, file)
    struck: set[str] = set()
    cells = list(_cells(sheet, file, mistakes, struck, extent.columns)) if extent.columns else []
    hidden = sheet.sheet_state != "visible"
    by_row = {row[0].row: row for row in cells}
    covered = {
        place: (top, left)
        for place, (top, left) in extent.covered.items()
        if top in by_row and left < len(by_row[top]) and by_row[top][left].text
    }
    return Sheet(
        sheet.title, cells, hidden, extent.hidden_rows, extent.hidden_columns, struck, covered
    )


def _cells(
    sheet: Any, file: str, mistakes: Mistakes, struck: set[str], columns: int
) -> Iterator[list[Cell]]:
    """The rows that hold something. What no cell may hold is gathered, and its row left out."""
    found = False
    sheet.reset_dimensions()  # what a file says of its size need not be so
    for number, row in enumerate(sheet.iter_rows(max_col=columns), 1):
        cells = []
        for place, cell in enumerate(row):
            name = f"{sheet.title}!{column_letters(place)}{number}"
            with mistakes.gathered():
                text, kind = _text(cell)
                cells.append(Cell(cell_text(text), number, name, kind))
                if text and cell.font.strike:
                    struck.add(name)
        if len(cells) < len(row) and not found:
            return  # the columns are not known
        found = found or any(cell.text for cell in cells)
        if len(cells) == len(row) and any(cell.text for cell in cells):
            yield cells


def column_letters(place: int) -> str:
    """The letters of a column (from 0).

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(cell: Any) -> tuple[str, str]:
    """The text that a cell shows, as far as a form needs it, and the kind of its value."""
    from openpyxl.utils.escape import unescape

    value = cell.value
    if value is None:
        return "", "text"
    if cell.data_type == "f":
        return "=", FORMULA
    if cell.data_type == "e":
        return str(value), ERROR
    if isinstance(value, bool):
        return ("yes" if value else "no"), "boolean"
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(), "date"
        return value.date().isoformat()[: _shown(str(cell.number_format))], "date"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return str(value), "date"
    if isinstance(value, int | float):
        if "%" in _signs(str(cell.number_format)):
            return f"{(Decimal(str(value)) * 100).normalize():f}%", "percent"
        return str(int(value) if float(value).is_integer() else value), "number"
    return unescape(str(value)).strip(), "text"


def _shown(number_format: str) -> int:
    """How many characters of year-month-day a cell shows: all, or without the day or the month.

    A spreadsheet makes the first day of a month out of 2025-03, and shows no day.

    >>> _shown("mmm-yy"), _shown("yyyy"), _shown("dd/mm/yyyy")
    (7, 4, 10)
    """
    letters = _signs(number_format)
    if "y" not in letters or "d" in letters:
        return 10
    return 7 if "m" in letters else 4


def _signs(number_format: str) -> set[str]:
    """The signs of a number format that mean something, without the text that is only shown."""
    return set(re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower()))
