"""The form as CSV, a row a fact: read into a Description, and written from a filled form. (docs/reference/form.md)

The first row names the columns, in any order; comma, semicolon and tab are told apart by it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from .cells import BETWEEN, EXPLAINING, Cell, GroupFact, form_nodes
from .description import Description
from .errors import InputError
from .filled import Filled, explained
from .form import LARGEST, read_nodes
from .input_text import file_name, quoted, read_text
from .slots import SLOTS
from .vocabulary import Vocabulary, nearest

PARTS = ("programme", "group", "answer")
COLUMNS = ("part", "name", "question", "answer", *(name for name in SLOTS if name != "holds"), *EXPLAINING)
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
    return {name: row[column] for name in SLOTS if (column := "answer" if name == "holds" else name) in row}


def to_csv(filled: Filled, vocabulary: Vocabulary) -> str:
    """A filled form as CSV (RFC 4180, UTF-8); `read_csv_form` gives the same description again."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for question, words in filled.head_rows():
        writer.writerow({"part": "programme", "question": question, "answer": _cell(words), **explained(question, vocabulary)})
    for group, facts in filled.groups.items():
        if not facts:
            writer.writerow({"part": "group", "name": group})
        for question, words in facts.items():
            row = {"part": "group", "name": group, "question": question, "answer": _cell(words)}
            writer.writerow(row | explained(question, vocabulary))
    for question, given in filled.answers:
        row = {"part": "answer", "question": question} | {
            "answer" if name == "holds" else name: _cell(words) for name, words in given.items()
        }
        writer.writerow(row | explained(question, vocabulary))
    return out.getvalue()


def _cell(words: tuple[str, ...]) -> str:
    text = f"{BETWEEN} ".join(words)
    return f"'{text}" if _FORMULA.match(text) else text


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
        raise InputError(file, reader.line_num or 1, f"this is not CSV: {error}", "Correct the quotation marks.") from error
    if not columns:
        raise InputError(file, None, "the file is empty", "Start from the one that `hrge new --format csv` prints.")


def _header(cells: list[str], file: str, line: int) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    for name in columns:
        if name not in COLUMNS:
            remedy = f"Name the columns in the first row: {', '.join(COLUMNS)}.{nearest(name, COLUMNS)}"
            raise InputError(file, line, f"{quoted(name)} is no column of a form", remedy)
        if columns.count(name) > 1:
            raise InputError(file, line, f"the column {quoted(name)} stands here twice", "Keep one of them.")
    for name in _NEEDED:
        if name not in columns:
            raise InputError(file, line, f"the column “{name}” is missing", "Add it to the first row and to those below.")
    return columns


def _row(cells: list[str], columns: list[str], file: str, line: int) -> dict[str, Cell]:
    """The cells by column; empty for a row in which nothing is asked or said."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise InputError(file, line, "this row has more cells than there are columns", "Put what holds the delimiter in quotation marks.")
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    row = {
        name: Cell(_plain(text), line, f"column “{name}”") for name, text in zip(columns, padded, strict=False) if name not in EXPLAINING
    }
    if not any(cell.text for cell in row.values()):
        return {}
    row.setdefault("name", Cell("", line, "column “name”"))
    part = row["part"].text
    if part not in PARTS:
        said = f"{quoted(part)} is no part of a form" if part else "what the row is about is missing"
        raise InputError(file, line, f"column “part”: {said}", f"Use one of: {', '.join(PARTS)}.{nearest(part, PARTS)}")
    if (part == "group") != bool(row["name"].text):
        remedy = "Give the group a short name." if part == "group" else "Leave it blank; for whom an answer is stands under “for”."
        raise InputError(file, line, f"column “name”: {'the name is missing' if part == 'group' else 'only groups have one'}", remedy)
    wanted = {"part", "name", "question", "answer"} | (set(SLOTS) if part == "answer" else set())
    for name, cell in row.items():
        if cell.text and name not in wanted:
            raise InputError(file, line, f"{cell.name}: only an answer has this", "Leave it blank.")
    if not row["question"].text and (part != "group" or row["answer"].text):
        raise InputError(file, line, "column “question”: the question is missing", "`hrge query aspects` lists all keys.")
    return row


def _plain(text: str) -> str:
    stripped = text.strip()
    return stripped[1:] if stripped.startswith("'") and _FORMULA.match(stripped) else stripped
