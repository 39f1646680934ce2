"""Reads the form as a workbook (.xlsx) into a Description. (docs/reference/form.md)

Needs the extra `xlsx` (openpyxl). Formulas are refused; text that only looks like one is read.
"""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import InputError, MissingExtra
from ...parsing.files import LARGEST, file_name, quoted, read_bytes
from ...suggest import did_you_mean
from ..description import Description
from ..table_layout import (
    ANSWERS,
    CHOICES,
    EXPLAINING,
    GROUPS,
    PROGRAMME,
    READ_ME,
    SHEETS,
    SLOT_COLUMNS,
)
from ..vocabulary import Vocabulary
from .nodes import read_nodes
from .tabular import Cell, GroupFact, form_nodes

_UNPACKED = 50_000_000  # bytes: a small file may unpack to any size
_ROWS = 20_000


def read_xlsx_form(path: Path, vocabulary: Vocabulary) -> Description:
    """Read one form in a workbook.

    Raises InputError, with file, row and cell, for whatever the form does not know.
    """
    file = file_name(path)
    sheets = _sheets(read_bytes(path), file)
    for name in sheets:
        if name not in SHEETS and name not in (READ_ME, CHOICES):
            raise InputError(
                file,
                f"the sheet {quoted(name)} is unknown",
                f"Delete it, and keep {', '.join(SHEETS)}.{did_you_mean(name, SHEETS)}",
            )
    if PROGRAMME not in sheets:
        raise InputError(
            file,
            f"the sheet {PROGRAMME} is missing",
            "Start from the workbook that `hrge new --format xlsx -o FILE` writes.",
        )
    rows = {name: _rows(name, sheets.get(name, []), file) for name in SHEETS}
    head = [(row["question"], row["answer"]) for row in rows[PROGRAMME] if row["question"].text]
    return read_nodes(
        form_nodes(head, _groups(rows[GROUPS]), _answers(rows[ANSWERS])), file, vocabulary
    )


def _sheets(content: bytes, file: str) -> dict[str, list[list[Cell]]]:
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
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
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
                sheet.title: list(_cells(sheet, file))
                for sheet in book.worksheets
                if sheet.title not in (READ_ME, CHOICES)
            }
    except InputError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers meet
        raise InputError(
            file,
            "this workbook cannot be read",
            "Save it again as .xlsx, without a password.",
        ) from error


def _cells(sheet: Any, file: str) -> Iterator[list[Cell]]:
    sheet.reset_dimensions()  # what a file says of its size need not be so
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _ROWS:
            raise InputError(
                file,
                f"the sheet {sheet.title} has more than {_ROWS} rows",
                "Delete the empty rows below the form.",
                line=number,
            )
        cells = []
        for place, cell in enumerate(row):
            name = f"{sheet.title}!{_column(place)}{number}"
            cells.append(Cell(_text(cell, file, number, name), number, name))
        if any(cell.text for cell in cells):
            yield cells


def _column(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(cell: Any, file: str, row: int, name: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise InputError(
            file,
            f"{name}: this cell holds a formula, and hrge calculates none",
            "Write its result. If it is text, put an apostrophe before it.",
            line=row,
        )
    if cell.data_type == "e":
        raise InputError(
            file,
            f"{name}: the cell holds an error of the spreadsheet",
            "Write a word or a number.",
            line=row,
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _rows(sheet: str, rows: list[list[Cell]], file: str) -> list[dict[str, Cell]]:
    """The cells below the first row, by the names of their columns.

    Of Groups the first row comes first: its cells are the names of the groups.
    """
    if not rows:
        return []
    columns = _columns(sheet, rows[0], file)
    read = [name for name in columns.values() if name not in EXPLAINING]
    header = {name: rows[0][place] for place, name in columns.items() if name in read}
    body = [_row(sheet, row, columns, file) for row in rows[1:]]
    return [header, *body] if sheet == GROUPS else body


def _columns(sheet: str, header: list[Cell], file: str) -> dict[int, str]:
    """The names of the columns by their place (0 first); every needed column is there."""
    columns: dict[int, str] = {}
    for place, cell in enumerate(header):
        lower = cell.text.lower()
        known = lower in SHEETS[sheet] or lower in EXPLAINING
        name = lower if known else cell.text
        if not known and name and sheet != GROUPS:
            names = ", ".join(SHEETS[sheet])
            raise InputError(
                file,
                f"{cell.name}: this sheet has no column {quoted(name)}",
                f"Name the columns in the first row: {names}.{did_you_mean(lower, SHEETS[sheet])}",
                line=cell.row,
            )
        if name in columns.values():
            raise InputError(
                file,
                f"{cell.name}: the column {quoted(name)} is there twice",
                "Keep one of them.",
                line=cell.row,
            )
        if name:
            columns[place] = name
    for name in SHEETS[sheet][:2]:
        if name not in columns.values():
            raise InputError(
                file,
                f"the sheet {sheet} has no column “{name}”",
                "Name it in the first row.",
                line=header[0].row,
            )
    return columns


def _row(sheet: str, row: list[Cell], columns: dict[int, str], file: str) -> dict[str, Cell]:
    """The cells of a row by column, without those that explain; missing ones are empty."""
    for place, cell in enumerate(row):
        if cell.text and place not in columns:
            raise InputError(
                file,
                f"{cell.name}: the column has no name",
                "Name it in the first row, or empty the cell.",
                line=cell.row,
            )
    number = row[0].row
    cells: dict[str, Cell] = {}
    for place, name in columns.items():
        if name in EXPLAINING:
            continue
        missing = Cell("", number, f"{sheet}!{_column(place)}{number}")
        cells[name] = row[place] if place < len(row) else missing
    filled = [cell for cell in cells.values() if cell.text]
    if filled and not cells["question"].text:
        raise InputError(
            file,
            f"{filled[0].name}: the question is missing",
            "`hrge query aspects` lists the keys of all questions.",
            line=filled[0].row,
        )
    return cells


def _groups(rows: list[dict[str, Cell]]) -> Iterator[GroupFact]:
    """The facts about groups, which are columns: the first row has their names."""
    if not rows:
        return
    groups = {name: cell for name, cell in rows[0].items() if name != "question"}
    for group in groups.values():
        yield GroupFact(group, None, None)
    for row in rows[1:]:
        for name, group in groups.items():
            if row["question"].text:
                yield GroupFact(group, row["question"], row[name])


def _answers(rows: list[dict[str, Cell]]) -> Iterator[tuple[Cell, dict[str, Cell]]]:
    for row in rows:
        if row["question"].text:
            slots = {name: row[column] for name, column in SLOT_COLUMNS.items() if column in row}
            yield row["question"], slots
