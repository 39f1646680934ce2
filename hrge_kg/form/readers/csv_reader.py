"""Reads the form as CSV, one row for each fact, into a Description. (docs/reference/form.md)

The first row names the columns, in any order; comma, semicolon and tab are told apart by it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from ...errors import InputError, Mistakes
from ...parsing.characters import fold_word
from ...parsing.files import Source, file_name, quoted, read_table_text
from ...parsing.notes import Notes
from ...suggest import did_you_mean
from ..description import Description
from ..slots import SLOTS
from ..table_layout import (
    CHANGED,
    CSV_COLUMNS,
    CSV_PARTS,
    EXPLAINING,
    FORMULA,
    SEPARATOR_LINE,
    SLOT_COLUMNS,
)
from ..vocabulary import Vocabulary
from .export_columns import is_export
from .export_reader import read_export
from .nodes import read_nodes
from .tabular import Cell, GroupFact, cell_text, form_nodes
from .yaml_reader import LARGEST

_GROUP = Cell("group", 1, "column “part”")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEEDED = ("part", "question", "answer")


def read_csv(path: Source, vocabulary: Vocabulary, notes: Notes | None = None) -> list[Description]:
    """Read one form in CSV, or an export of the form for phones, with a programme in each row.

    Raises InputError for whatever the form does not know: all mistakes, each with line and column.
    """
    file = file_name(path)
    notes = notes or Notes(file)
    rows = list(table_rows(read_table_text(path, LARGEST, notes), file, notes))
    if rows and is_export(rows[0][1]):
        header = [Cell(text, rows[0][0], f"column “{text}”") for text in rows[0][1]]
        body = [_export_row(cells, header, line) for line, cells in rows[1:]]
        return read_export(header, body, file, vocabulary, notes)
    return [_read_form(rows, file, vocabulary, notes)]


def _export_row(cells: list[str], header: list[Cell], line: int) -> list[Cell]:
    return [
        Cell(cell_text(text), line, named.name) for text, named in zip(cells, header, strict=False)
    ]


def _read_form(
    read: list[tuple[int, list[str]]], file: str, vocabulary: Vocabulary, notes: Notes
) -> Description:
    mistakes = Mistakes()
    rows: list[dict[str, Cell]] = []
    with mistakes.gathered():
        rows.extend(_rows(read, file, mistakes, notes))
    head = [(row["question"], row["answer"]) for row in rows if row["part"].word == "programme"]
    groups = [
        GroupFact(row["name"], row["question"] if row["question"].text else None, row["answer"])
        for row in rows
        if row["part"].word == "group"
    ]
    answers = [(row["question"], _slots(row)) for row in rows if row["part"].word == "answer"]
    return read_nodes(
        form_nodes(head, groups, answers), file, vocabulary, mistakes, by_line=True, notes=notes
    )


def _slots(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of a row of answers by slot."""
    return {name: row[column] for name, column in SLOT_COLUMNS.items() if column in row}


def table_rows(text: str, file: str, notes: Notes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table in which something stands, each with its line.

    Raises InputError for what is not CSV.
    """
    separator = SEPARATOR_LINE.match(text)
    if separator:  # the line stays, blank, so that the others keep their numbers
        text = "\n" + text[separator.end() :]
        notes.add(f"{quoted(separator[0].strip())} names the separator, and is no row", line=1)
    first = text.lstrip("\n\r").split("\n", 1)[0]
    delimiter = separator["separator"] if separator else max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            at, line = line, reader.line_num + 1
            if any(cell.strip() for cell in cells):
                yield at, cells
    except csv.Error as error:
        raise InputError(
            file,
            f"this is not CSV: {error}",
            "Correct the quotation marks.",
            line=reader.line_num or 1,
        ) from error


def _rows(
    read: list[tuple[int, list[str]]], file: str, mistakes: Mistakes, notes: Notes
) -> Iterator[dict[str, Cell]]:
    """The rows that can be read; what is wrong with the others is gathered."""
    if not read:
        raise InputError(
            file, "the file is empty", "Start from the one that `hrge new --format csv` prints."
        )
    (line, cells), *rest = read
    columns = _header(cells, file, line, mistakes, notes)
    for at, cells in rest:
        row: dict[str, Cell] = {}
        with mistakes.gathered():
            row = _row(cells, columns, file, at)
            if not row:
                continue
        if row:
            yield row
        elif "name" in columns[: len(cells)] and cells[columns.index("name")].strip():
            # There is such a group, whatever else is wrong with the row.
            name = Cell(_plain(cells[columns.index("name")]), at, "column “name”")
            blank = Cell("", at, "column “question”")
            yield {"part": _GROUP, "name": name, "question": blank, "answer": blank}


def _header(cells: list[str], file: str, line: int, mistakes: Mistakes, notes: Notes) -> list[str]:
    """The columns that the first row names; empty for one that no reader looks at."""
    columns = [fold_word(cell).text.strip().lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    ours = max((place for place, name in enumerate(columns) if name in CSV_COLUMNS), default=-1)
    for place, name in enumerate(columns):
        if place > ours and not did_you_mean(name, CSV_COLUMNS):
            if name:
                notes.add(
                    f"the column {quoted(name)} is none of the form, and is not read", line=line
                )
            continue
        with mistakes.gathered():
            if name not in CSV_COLUMNS:
                known = ", ".join(CSV_COLUMNS)
                raise InputError(
                    file,
                    f"the form has no column {quoted(name)}",
                    f"Name the columns in the first row: {known}.{did_you_mean(name, CSV_COLUMNS)}",
                    line=line,
                )
            if name in columns[:place]:
                raise InputError(
                    file,
                    f"the column {quoted(name)} is there twice",
                    "Keep one of them.",
                    line=line,
                )
    missing = [name for name in _NEEDED if name not in columns]
    if missing and mistakes.found:  # one of these may be it
        raise mistakes.found[-1]
    for name in missing:
        with mistakes.gathered():
            raise InputError(
                file,
                f"the column “{name}” is missing",
                "Add it to the first row and to those below.",
                line=line,
            )
    if missing:
        raise mistakes.found[-1]
    return [
        name if name in CSV_COLUMNS and name not in columns[:place] else ""
        for place, name in enumerate(columns)
    ]


def _row(cells: list[str], columns: list[str], file: str, line: int) -> dict[str, Cell]:
    """The cells by column; empty for a row in which nothing is asked or stated."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise InputError(
            file,
            "this row has more cells than there are columns",
            "Put text that holds the delimiter in quotation marks.",
            line=line,
        )
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    row = {
        name: Cell(cell_text(_plain(text)), line, f"column “{name}”", _kind(text))
        for name, text in zip(columns, padded, strict=False)
        if name and name not in EXPLAINING
    }
    if not any(cell.text for cell in row.values()):
        return {}
    row.setdefault("name", Cell("", line, "column “name”"))
    problem = _problem(row)
    if problem:
        raise InputError(file, *problem, line=line)
    return row


def _problem(row: Mapping[str, Cell]) -> tuple[str, str] | None:
    """What is wrong with a row, and what to do; None where nothing is."""
    part, name, question = row["part"].word, row["name"].text, row["question"].text
    if not part:
        return "column “part”: this cell is empty", f"Use one of: {', '.join(CSV_PARTS)}."
    if part not in CSV_PARTS:
        return (
            f"column “part”: {quoted(part)} is not a part of the form",
            f"Use one of: {', '.join(CSV_PARTS)}.{did_you_mean(part, CSV_PARTS)}",
        )
    if part == "group" and not name:
        return "column “name”: the name is missing", "Give the group a short name."
    if part != "group" and name:
        return (
            "column “name”: only groups have a name",
            "Leave it blank; write the group that an answer is for under “for”.",
        )
    allowed = {"part", "name", "question", "answer"} | (set(SLOTS) if part == "answer" else set())
    for column, cell in row.items():
        if cell.text and column not in allowed:
            return f"{cell.name}: only an answer has this", "Leave it blank."
    if not question and (part != "group" or row["answer"].text):
        return "column “question”: the question is missing", "`hrge query aspects` lists all keys."
    return None


def _kind(text: str) -> str:
    """The kind of a cell; a whole day may be what a spreadsheet made of a name such as 5-12."""
    return "date" if _DAY.fullmatch(text.strip()) else "text"


def _plain(text: str) -> str:
    """The text of a cell, without the apostrophe that keeps a spreadsheet from changing it."""
    stripped = text.strip()
    guarded = FORMULA.match(stripped) or CHANGED.fullmatch(stripped)
    return stripped[1:] if stripped.startswith("'") and guarded else stripped
