"""The form as CSV, a row a fact: read into a Description, and written from a filled form. (docs/reference/form.md)

The first row names the columns, in any order; comma, semicolon and tab are told apart by it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...errors import InputError
from ...parsing.files import file_name, quoted, read_text
from ...suggest import did_you_mean
from ..description import Description
from ..slots import SLOTS
from ..vocabulary import Vocabulary
from .nodes import read_nodes
from .tabular import EXPLAINING, Cell, GroupFact, form_nodes
from .yaml_reader import LARGEST

PARTS = ("programme", "group", "answer")
COLUMNS = (
    "part",
    "name",
    "question",
    "answer",
    *(name for name in SLOTS if name != "holds"),
    *EXPLAINING,
)
_NEEDED = ("part", "question", "answer")

# A spreadsheet would run what begins so: it is written with an apostrophe before it, which reading takes away.
_FORMULA = re.compile(r"'*[=+\-@\t]")


def read_csv_form(path: Path, vocabulary: Vocabulary) -> Description:
    """Read one form in CSV. Raises InputError, with file, line and column, for whatever the form does not know."""
    file = file_name(path)
    rows = list(_rows(read_text(path, LARGEST), file))
    head = [(row["question"], row["answer"]) for row in rows if row["part"].text == "programme"]
    groups = [
        GroupFact(row["name"], row["question"] if row["question"].text else None, row["answer"])
        for row in rows
        if row["part"].text == "group"
    ]
    answers = [(row["question"], slots(row)) for row in rows if row["part"].text == "answer"]
    return read_nodes(form_nodes(head, groups, answers), file, vocabulary)


def slots(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of a row of answers by slot."""
    return {
        name: row[column]
        for name in SLOTS
        if (column := "answer" if name == "holds" else name) in row
    }


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
    columns = [cell.strip().lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    for name in columns:
        if name not in COLUMNS:
            remedy = f"Name the columns in the first row: {', '.join(COLUMNS)}.{did_you_mean(name, COLUMNS)}"
            raise InputError(file, f"{quoted(name)} is no column of a form", remedy, line=line)
        if columns.count(name) > 1:
            raise InputError(
                file, f"the column {quoted(name)} stands here twice", "Keep one of them.", line=line
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
    """The cells by column; empty for a row in which nothing is asked or said."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise InputError(
            file,
            "this row has more cells than there are columns",
            "Put what holds the delimiter in quotation marks.",
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
    part = row["part"].text
    if part not in PARTS:
        said = (
            f"{quoted(part)} is no part of a form" if part else "what the row is about is missing"
        )
        raise InputError(
            file,
            f"column “part”: {said}",
            f"Use one of: {', '.join(PARTS)}.{did_you_mean(part, PARTS)}",
            line=line,
        )
    if (part == "group") != bool(row["name"].text):
        remedy = (
            "Give the group a short name."
            if part == "group"
            else "Leave it blank; for whom an answer is stands under “for”."
        )
        raise InputError(
            file,
            f"column “name”: {'the name is missing' if part == 'group' else 'only groups have one'}",
            remedy,
            line=line,
        )
    wanted = {"part", "name", "question", "answer"} | (set(SLOTS) if part == "answer" else set())
    for name, cell in row.items():
        if cell.text and name not in wanted:
            raise InputError(
                file, f"{cell.name}: only an answer has this", "Leave it blank.", line=line
            )
    if not row["question"].text and (part != "group" or row["answer"].text):
        raise InputError(
            file,
            "column “question”: the question is missing",
            "`hrge query aspects` lists all keys.",
            line=line,
        )
    return row


def _plain(text: str) -> str:
    stripped = text.strip()
    return stripped[1:] if stripped.startswith("'") and _FORMULA.match(stripped) else stripped
