"""Reads the form as a workbook (.xlsx) into a Description. (docs/reference/form.md)

Needs the extra `xlsx` (openpyxl). Formulas are refused; text that only looks like one is read.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...errors import InputError, MissingExtra, Mistakes
from ...parsing.files import LARGEST, Source, file_name, quoted, read_bytes
from ...parsing.notes import Notes
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
from .sheet_extent import measure
from .tabular import Cell, GroupFact, cell_text, form_nodes

_UNPACKED = 50_000_000  # bytes: a small file may unpack to any size
_OLE = b"\xd0\xcf\x11\xe0"  # how older workbooks begin, and those with a password
_BEGINNING = 4_000
"""Bytes of a part in which the namespaces of its root stand."""


def read_xlsx_form(path: Source, vocabulary: Vocabulary, notes: Notes | None = None) -> Description:
    """Read one form in a workbook.

    Raises InputError for whatever the form does not know: all mistakes, each with row and cell.
    """
    file = file_name(path)
    mistakes = Mistakes()
    notes = notes or Notes(file)
    sheets = _sheets(read_bytes(path), file, mistakes)
    for name in sheets:
        with mistakes.gathered():
            if name not in SHEETS:
                raise InputError(
                    file,
                    f"the sheet {quoted(name)} is unknown",
                    f"Delete it, and keep {', '.join(SHEETS)}.{did_you_mean(name, SHEETS)}",
                )
    if PROGRAMME not in sheets and not mistakes.found:
        raise InputError(
            file,
            f"the sheet {PROGRAMME} is missing",
            "Start from the workbook that `hrge new --format xlsx -o FILE` writes.",
        )
    rows: dict[str, list[dict[str, Cell]]] = {name: [] for name in SHEETS}
    for name in SHEETS:
        with mistakes.gathered():
            if name in sheets:
                rows[name] = _rows(name, sheets[name], file, mistakes, notes)
    head = [(row["question"], row["answer"]) for row in rows[PROGRAMME] if row["question"].text]
    nodes = form_nodes(head, _groups(rows[GROUPS]), _answers(rows[ANSWERS]))
    known = bool(rows[GROUPS])
    return read_nodes(nodes, file, vocabulary, mistakes, groups_known=known, notes=notes)


@dataclass(frozen=True)
class _Sheet:
    """The rows of a sheet, and what of it a person does not see, or has struck through."""

    rows: list[list[Cell]]
    hidden: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]  # from 0
    struck: set[str]


def _sheets(content: bytes, file: str, mistakes: Mistakes) -> dict[str, _Sheet]:
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
    if "content.xml" in names or any(name.endswith("workbook.bin") for name in names):
        raise InputError(
            file,
            "the file is named .xlsx and is a workbook of another kind",
            "Save it as the file type “Excel Workbook (.xlsx)”.",
        )


def _sheet(sheet: Any, file: str, mistakes: Mistakes) -> _Sheet:
    with sheet._get_source() as source:
        extent = measure(source, sheet.title, file)
    struck: set[str] = set()
    cells = list(_cells(sheet, file, mistakes, struck, extent.columns)) if extent.columns else []
    hidden = sheet.sheet_state != "visible"
    return _Sheet(cells, hidden, extent.hidden_rows, extent.hidden_columns, struck)


def _cells(
    sheet: Any, file: str, mistakes: Mistakes, struck: set[str], columns: int
) -> Iterator[list[Cell]]:
    """The rows that hold something. What no cell may hold is gathered, and its row left out."""
    found = False
    sheet.reset_dimensions()  # what a file says of its size need not be so
    for number, row in enumerate(sheet.iter_rows(max_col=columns), 1):
        cells = []
        for place, cell in enumerate(row):
            name = f"{sheet.title}!{_column(place)}{number}"
            with mistakes.gathered():
                text, kind = _text(cell, file, number, name)
                cells.append(Cell(cell_text(text), number, name, kind))
                if text and cell.font.strike:
                    struck.add(name)
        if len(cells) < len(row) and not found:
            return  # the columns are not known
        found = found or any(cell.text for cell in cells)
        if len(cells) == len(row) and any(cell.text for cell in cells):
            yield cells


def _column(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(cell: Any, file: str, row: int, name: str) -> tuple[str, str]:
    """The text that a cell shows, as far as a form needs it, and the kind of its value."""
    value = cell.value
    if value is None:
        return "", "text"
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
    return str(value).replace("_x000D_", "\r").strip(), "text"


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


def _rows(
    sheet: str, read: _Sheet, file: str, mistakes: Mistakes, notes: Notes
) -> list[dict[str, Cell]]:
    """The cells below the first row, by the names of their columns.

    Of Groups the first row comes first: its cells are the names of the groups.
    """
    if not read.rows:
        return []
    columns = _columns(sheet, read.rows[0], file, mistakes, notes)
    used = [name for name in columns.values() if name and name not in EXPLAINING]
    header = {name: read.rows[0][place] for place, name in columns.items() if name in used}
    body = []
    for row in read.rows[1:]:
        with mistakes.gathered():
            cells = _row(sheet, row, columns, file, notes)
            body.append(cells)
            _tell_unseen(sheet, read, cells, columns, notes)
    return [header, *body] if sheet == GROUPS else body


def _tell_unseen(
    sheet: str, read: _Sheet, cells: dict[str, Cell], columns: dict[int, str], notes: Notes
) -> None:
    """Tell that what is hidden or struck through counts, if it states something."""
    stated = [name for name, cell in cells.items() if name != "question" and cell.text]
    if not stated:
        return
    row = cells["question"].row
    if read.hidden:
        notes.add(f"the sheet {sheet} is hidden, and is read all the same")
    if row in read.hidden_rows:
        notes.add(f"a row of the sheet {sheet} is hidden, and is read all the same", line=row)
    for place, name in columns.items():
        if name in stated and place in read.hidden_columns:
            told = f"a column of the sheet {sheet} is hidden, and is read all the same"
            notes.add(told, cell=f"{sheet}!{_column(place)}1")
    for cell in cells.values():
        if cell.name in read.struck:
            told = "the cell is struck through, and is read all the same"
            notes.add(told, line=row, cell=cell.name)


def _columns(
    sheet: str, header: list[Cell], file: str, mistakes: Mistakes, notes: Notes
) -> dict[int, str]:
    """The names of the columns by their place (0 first); every needed column is there.

    A column that cannot be used has an empty name, and is not read. So has a person's own column
    to the right of ours.
    """
    before = len(mistakes.found)
    columns: dict[int, str] = {}
    names = [_name(sheet, cell) for cell in header]
    ours = max((place for place, (_, known) in enumerate(names) if known), default=-1)
    for place, cell in enumerate(header):
        name, known = names[place]
        own = sheet != GROUPS and place > ours and not did_you_mean(name, SHEETS[sheet])
        if name:
            columns[place] = ""
        if name and own:
            notes.add(
                f"the column {quoted(name)} is none of the form, and is not read",
                line=cell.row,
                cell=cell.name,
            )
        elif name:
            with mistakes.gathered():
                _check_column(sheet, cell, name, known, columns, file)
                columns[place] = name
    for name in SHEETS[sheet][:2]:
        if name not in columns.values():
            if len(mistakes.found) > before:  # one of these may be it
                raise mistakes.found[-1]
            raise InputError(
                file,
                f"the sheet {sheet} has no column “{name}”",
                "Name it in the first row.",
                line=header[0].row,
            )
    return columns


def _name(sheet: str, cell: Cell) -> tuple[str, bool]:
    """The name of a column, and whether it is one of ours."""
    lower = cell.word.lower()
    known = lower in SHEETS[sheet] or lower in EXPLAINING
    return (lower if known else cell.word), known


def _check_column(
    sheet: str, cell: Cell, name: str, known: bool, columns: Mapping[int, str], file: str
) -> None:
    if not known and name and sheet != GROUPS:
        names = ", ".join(SHEETS[sheet])
        raise InputError(
            file,
            f"{cell.name}: this sheet has no column {quoted(name)}",
            f"Name the columns in the first row: {names}.{did_you_mean(name, SHEETS[sheet])}",
            line=cell.row,
        )
    if name in columns.values():
        raise InputError(
            file,
            f"{cell.name}: the column {quoted(name)} is there twice",
            "Keep one of them.",
            line=cell.row,
        )


def _row(
    sheet: str, row: list[Cell], columns: dict[int, str], file: str, notes: Notes
) -> dict[str, Cell]:
    """The cells of a row by column, without those that explain; missing ones are empty."""
    ours = max(place for place, name in columns.items() if name)
    for place, cell in enumerate(row):
        if not cell.text or place in columns:
            continue
        if sheet != GROUPS and place > ours:
            notes.add("a cell right of the form is not read", line=cell.row, cell=cell.name)
        else:
            raise InputError(
                file,
                f"{cell.name}: the column has no name",
                "Name it in the first row, or empty the cell.",
                line=cell.row,
            )
    number = row[0].row
    cells: dict[str, Cell] = {}
    for place, name in columns.items():
        if not name or name in EXPLAINING:
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
