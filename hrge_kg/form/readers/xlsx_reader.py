"""Reads the form as a workbook (.xlsx) into a Description: the sheets Programme, Groups and Answers. (docs/reference/form.md)

Needs the extra `xlsx` (openpyxl). Formulas are not worked out, and are refused; what only looks like one is text.
"""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...errors import InputError, MissingExtra
from ...parsing.files import LARGEST, file_name, quoted, read_bytes
from ...suggest import did_you_mean
from ..description import Description
from ..slots import SLOTS
from ..vocabulary import Vocabulary
from .nodes import read_nodes
from .tabular import EXPLAINING, Cell, GroupFact, form_nodes

PROGRAMME, GROUPS, ANSWERS = "Programme", "Groups", "Answers"
UNREAD = ("Read me", "Choices")
"""Sheets for the eyes of whoever fills it in."""
HEADERS: Mapping[str, tuple[str, ...]] = {
    PROGRAMME: ("question", "answer"),
    GROUPS: ("question",),
    ANSWERS: ("question", "answer", *(name for name in SLOTS if name != "holds")),
}
"""The columns of each sheet, beside those that explain; further columns of Groups are groups."""

_UNPACKED = 50_000_000  # bytes: a small file may unpack to any size
_ROWS = 20_000


def read_xlsx_form(path: Path, vocabulary: Vocabulary) -> Description:
    """Read one form in a workbook. Raises InputError, with file, row and cell, for whatever the form does not know."""
    file = file_name(path)
    sheets = _sheets(read_bytes(path), file)
    for name in sheets:
        if name not in HEADERS and name not in UNREAD:
            raise InputError(
                file,
                f"the sheet {quoted(name)} is unknown",
                f"Keep {', '.join(HEADERS)}, and delete it.{did_you_mean(name, HEADERS)}",
            )
    if PROGRAMME not in sheets:
        raise InputError(
            file,
            f"the sheet {PROGRAMME} is missing",
            "Start from the workbook that `hrge new --format xlsx -o FILE` writes.",
        )
    rows = {name: _rows(name, sheets.get(name, []), file) for name in HEADERS}
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
                if sheet.title not in UNREAD
            }
    except InputError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers meet
        raise InputError(
            file,
            "this is no workbook that can be read",
            "Save it anew as .xlsx, without a password.",
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
            f"{name}: a formula stands here, and none is worked out",
            "Write its result; for text, an apostrophe first.",
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
    """The cells below the first row by what the first row calls their column; every needed column is there."""
    if not rows:
        return []
    columns: dict[int, str] = {}
    for place, cell in enumerate(rows[0]):
        lower = cell.text.lower()
        known = lower in HEADERS[sheet] or lower in EXPLAINING
        name = lower if known else cell.text
        if not known and name and sheet != GROUPS:
            remedy = f"Name the columns in the first row: {', '.join(HEADERS[sheet])}.{did_you_mean(lower, HEADERS[sheet])}"
            raise InputError(
                file,
                f"{cell.name}: {quoted(name)} is no column of this sheet",
                remedy,
                line=cell.row,
            )
        if name in columns.values():
            raise InputError(
                file,
                f"{cell.name}: the column {quoted(name)} stands here twice",
                "Keep one of them.",
                line=cell.row,
            )
        if name:
            columns[place] = name
    for name in HEADERS[sheet][:2]:
        if name not in columns.values():
            raise InputError(
                file,
                f"the sheet {sheet} has no column “{name}”",
                "Name it in the first row.",
                line=rows[0][0].row,
            )
    header = {name: rows[0][place] for place, name in columns.items()}
    found = []
    for row in rows[1:]:
        for place, cell in enumerate(row):
            if cell.text and place not in columns:
                raise InputError(
                    file,
                    f"{cell.name}: the column has no name",
                    "Name it in the first row, or empty the cell.",
                    line=cell.row,
                )
        blank = row[0].row
        said = {
            name: row[place]
            if place < len(row)
            else Cell("", blank, f"{sheet}!{_column(place)}{blank}")
            for place, name in columns.items()
            if name not in EXPLAINING
        }
        if not said["question"].text and any(cell.text for cell in said.values()):
            cell = next(cell for cell in said.values() if cell.text)
            raise InputError(
                file,
                f"{cell.name}: the question is missing",
                "`hrge query aspects` lists the keys of all questions.",
                line=cell.row,
            )
        found.append(said)
    return (
        [{name: cell for name, cell in header.items() if name not in EXPLAINING}, *found]
        if sheet == GROUPS
        else found
    )


def _groups(rows: list[dict[str, Cell]]) -> Iterator[GroupFact]:
    """Groups are columns: the first row names them."""
    if not rows:
        return
    names = {name: cell for name, cell in rows[0].items() if name != "question"}
    for cell in names.values():
        yield GroupFact(cell, None, None)
    for row in rows[1:]:
        for name, cell in names.items():
            if row["question"].text:
                yield GroupFact(cell, row["question"], row[name])


def _answers(rows: list[dict[str, Cell]]) -> Iterator[tuple[Cell, dict[str, Cell]]]:
    for row in rows:
        if row["question"].text:
            yield (
                row["question"],
                {
                    name: row[column]
                    for name in SLOTS
                    if (column := "answer" if name == "holds" else name) in row
                },
            )
