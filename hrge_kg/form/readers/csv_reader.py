"""Reads the form as CSV, a row a fact, into a Description. (docs/reference/form.md)

The first row names the columns, in any order; comma, semicolon and tab are told apart by it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...errors import InputError
from ...parsing.files import file_name, quoted, read_text
from ...suggest import did_you_mean
from ..description import Description
from ..slots import SLOTS
from ..table_layout import CSV_COLUMNS, CSV_PARTS, EXPLAINING, FORMULA, SLOT_COLUMNS
from ..vocabulary import Vocabulary
from .nodes import read_nodes
from .tabular import Cell, GroupFact, form_nodes
from .yaml_reader import LARGEST

_NEEDED = ("part", "question", "answer")


def read_csv_form(path: Path, vocabulary: Vocabulary) -> Description:
    """Read one form in CSV.

    Raises InputError, with file, line and column, for whatever the form does not know.
    """
    file = file_name(path)
    rows = list(_rows(read_text(path, LARGEST), file))
    head = [(row["question"], row["answer"]) for row in rows if row["part"].text == "programme"]
    groups = [
        GroupFact(row["name"], row["question"] if row["question"].text else None, row["answer"])
        for row in rows
        if row["part"].text == "group"
    ]
    answers = [(row["question"], _slots(row)) for row in rows if row["part"].text == "answer"]
    return read_nodes(form_nodes(head, groups, answers), file, vocabulary)


def _slots(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of a row of answers by slot."""
    return {name: row[column] for name, column in SLOT_COLUMNS.items() if column in row}


def _rows(text: str, file: str) -> Iterator[dict[str, Cell]]:
    first = text.lstrip("\n\r").split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            at, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _header(cells, file, at)
                continue
            row = _row(cells, columns, file, at)
            if row:
                yield row
    except csv.Error as error:
        raise InputError(
            file,
            f"this is not CSV: {error}",
            "Correct the quotation marks.",
            line=reader.line_num or 1,
        ) from error
    if not columns:
        raise InputError(
            file, "the file is empty", "Start from the one that `hrge new --format csv` prints."
        )


def _header(cells: list[str], file: str, line: int) -> list[str]:
    """The columns that the first row names."""
    columns = [cell.strip().lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    for name in columns:
        if name not in CSV_COLUMNS:
            known = ", ".join(CSV_COLUMNS)
            raise InputError(
                file,
                f"the form has no column {quoted(name)}",
                f"Name the columns in the first row: {known}.{did_you_mean(name, CSV_COLUMNS)}",
                line=line,
            )
        if columns.count(name) > 1:
            raise InputError(
                file, f"the column {quoted(name)} is there twice", "Keep one of them.", line=line
            )
    for name in _NEEDED:
        if name not in columns:
            raise InputError(
                file,
                f"the column “{name}” is missing",
                "Add it to the first row and to those below.",
                line=line,
            )
    return columns


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
        name: Cell(_plain(text), line, f"column “{name}”")
        for name, text in zip(columns, padded, strict=False)
        if name not in EXPLAINING
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
    part, name, question = row["part"].text, row["name"].text, row["question"].text
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


def _plain(text: str) -> str:
    """The text of a cell, without the apostrophe that keeps it from being a formula."""
    stripped = text.strip()
    return stripped[1:] if stripped.startswith("'") and FORMULA.match(stripped) else stripped
