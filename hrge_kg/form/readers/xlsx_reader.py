"""Reads the form as a workbook (.xlsx) into a Description. (docs/reference/form.md)

Needs the extra `xlsx` (openpyxl). Formulas are refused; text that only looks like one is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...errors import InputError, Mistakes
from ...parsing.files import Source, file_name, quoted, read_bytes
from ...parsing.notes import Notes
from ...suggest import did_you_mean
from ..description import Description
from ..table_layout import (
    COLUMN_NAMES,
    EXPLAINING,
    GROUPS,
    HELPING,
    IGNORED,
    KEY,
    OLDER,
    QUESTIONS,
    SHEETS,
    SLOT_COLUMNS,
    START,
)
from ..vocabulary import Vocabulary
from ..wording import plain_question, question_keys
from .export_columns import is_export
from .export_reader import read_export
from .nodes import read_nodes
from .tabular import ERROR, FORMULA, Cell, GroupFact, form_nodes
from .xlsx_sheets import Sheet, column_letters, read_sheets


def read_xlsx(
    path: Source, vocabulary: Vocabulary, notes: Notes | None = None
) -> list[Description]:
    """Read one form in a workbook, as hrge writes it now or did before; or an export of the form
    for phones, with a programme in each row.

    Raises InputError for whatever the form does not know: all mistakes, each with row and cell.
    """
    file = file_name(path)
    mistakes = Mistakes()
    notes = notes or Notes(file)
    found = read_sheets(read_bytes(path), file, mistakes, IGNORED)
    exported = [
        sheet
        for sheet in found.values()
        if sheet.rows and is_export([cell.text for cell in sheet.rows[0]])
    ]
    if exported and not mistakes.found:
        return _read_export(exported[0], found, file, vocabulary, notes)
    return [_read_form(found, file, vocabulary, mistakes, notes)]


def _read_export(
    sheet: Sheet, found: Mapping[str, Sheet], file: str, vocabulary: Vocabulary, notes: Notes
) -> list[Description]:
    for other in found.values():
        if other is not sheet and other.rows:
            notes.add(f"the sheet {quoted(other.title)} is no part of the export, and is not read")
    header, *body = sheet.rows
    return read_export(header, body, file, vocabulary, notes)


def _read_form(
    found: Mapping[str, Sheet],
    file: str,
    vocabulary: Vocabulary,
    mistakes: Mistakes,
    notes: Notes,
) -> Description:
    sheets: dict[str, Sheet] = {}
    for title, sheet in found.items():
        name = OLDER.get(title, title)
        with mistakes.gathered():
            if name not in SHEETS:
                raise InputError(
                    file,
                    f"the sheet {quoted(title)} is unknown",
                    f"Delete it, and keep {', '.join(SHEETS)}.{did_you_mean(title, SHEETS)}",
                )
            if name in sheets:
                raise InputError(
                    file,
                    f"there are two sheets of one kind, {sheets[name].title} and {title}",
                    "Keep one of them.",
                )
            sheets[name] = sheet
    if START not in sheets and not mistakes.found:
        raise InputError(
            file,
            f"the sheet {START} is missing",
            "Start from the workbook that `hrge new --format xlsx -o FILE` writes.",
        )
    rows: dict[str, list[dict[str, Cell]]] = {name: [] for name in SHEETS}
    keys = question_keys(vocabulary)
    for name in SHEETS:
        with mistakes.gathered():
            if name in sheets:
                rows[name] = _rows(name, sheets[name], file, mistakes, notes)
        for row in rows[name]:
            with mistakes.gathered():
                row["question"] = _question(row, keys, file)
    head = [(row["question"], row["answer"]) for row in rows[START] if row["question"].text]
    nodes = form_nodes(head, _groups(rows[GROUPS]), _answers(rows[QUESTIONS]))
    known = bool(rows[GROUPS])
    return read_nodes(nodes, file, vocabulary, mistakes, groups_known=known, notes=notes)


def _question(row: dict[str, Cell], keys: Mapping[str, str], file: str) -> Cell:
    """The question of a row by its key, which may be given in words, or in a column of its own."""
    asked, given = row["question"], row.pop(KEY, None)
    meant = keys.get(plain_question(asked.text)) if asked.text else None
    if given is None or not given.text:
        return replace(asked, text=meant) if meant else asked
    is_present = keys.get(plain_question(given.word)) == given.word
    if meant and is_present and meant != given.word:
        raise InputError(
            file,
            f"{asked.name}: the words are those of the question “{meant}”, and the column Key of "
            f"the row says “{given.word}”",
            "Empty one of the two cells. To answer another question, copy its whole row.",
            line=asked.row,
        )
    return replace(given, name=asked.name)


def _rows(
    sheet: str, read: Sheet, file: str, mistakes: Mistakes, notes: Notes
) -> list[dict[str, Cell]]:
    """The cells below the first row, by the names of their columns.

    Of Groups the first row comes first: its cells are the names of the groups.
    """
    rows = _from_header(sheet, read)
    if not rows:
        return []
    columns = _columns(sheet, read.title, rows[0], file, mistakes, notes)
    used = [name for name in columns.values() if name and name not in _helping(sheet)]
    header = {name: rows[0][place] for place, name in columns.items() if name in used}
    body = []
    for row in rows[1:]:
        with mistakes.gathered():
            cells = _row(sheet, read, row, columns, file, notes)
            body.append(cells)
            _tell_unseen(read, cells, columns, notes)
    return [header, *body] if sheet == GROUPS else body


def _from_header(sheet: str, read: Sheet) -> list[list[Cell]]:
    """The rows from the one that names the columns; what stands above it is for people."""
    if sheet == START:
        for number, row in enumerate(read.rows):
            if {cell.word.lower() for cell in row}.issuperset(SHEETS[START]):
                return read.rows[number:]
    return read.rows


def _helping(sheet: str) -> tuple[str, ...]:
    """The columns that are not read; in Groups a group may have any other name."""
    return EXPLAINING if sheet == GROUPS else HELPING


def _tell_unseen(
    read: Sheet, cells: dict[str, Cell], columns: dict[int, str], notes: Notes
) -> None:
    """Tell that what is hidden or struck through counts, if it states something."""
    stated = [name for name, cell in cells.items() if name not in ("question", KEY) and cell.text]
    if not stated:
        return
    row = cells["question"].row
    if read.hidden:
        notes.add(f"the sheet {read.title} is hidden, and is read all the same")
    if row in read.hidden_rows:
        notes.add(f"a row of the sheet {read.title} is hidden, and is read all the same", line=row)
    for place, name in columns.items():
        if name in stated and place in read.hidden_columns:
            told = f"a column of the sheet {read.title} is hidden, and is read all the same"
            notes.add(told, cell=f"{read.title}!{column_letters(place)}1")
    for cell in cells.values():
        if cell.name in read.struck:
            told = "the cell is struck through, and is read all the same"
            notes.add(told, line=row, cell=cell.name)


def _columns(
    sheet: str, title: str, header: list[Cell], file: str, mistakes: Mistakes, notes: Notes
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
                f"the sheet {title} has no column “{name}”",
                "Name it in the first row.",
                line=header[0].row,
            )
    return columns


def _name(sheet: str, cell: Cell) -> tuple[str, bool]:
    """The name of a column, and whether it is one of ours."""
    lower = cell.word.lower()
    if sheet == QUESTIONS:
        lower = COLUMN_NAMES.get(lower, lower)
    known = lower in SHEETS[sheet] or lower in _helping(sheet) or lower == KEY
    return (lower if known else cell.word), known


def _check_column(
    sheet: str, cell: Cell, name: str, known: bool, columns: Mapping[int, str], file: str
) -> None:
    _refuse_formula(cell, file)
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
    sheet: str, read: Sheet, row: list[Cell], columns: dict[int, str], file: str, notes: Notes
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
    shown = {place: name for place, name in columns.items() if name and name not in _helping(sheet)}
    for place, name in shown.items():
        missing = Cell("", number, f"{read.title}!{column_letters(place)}{number}")
        cells[name] = row[place] if place < len(row) else missing
        _refuse_formula(cells[name], file)
        first = read.covered.get((number, place))
        if first is not None and first[1] in shown:
            raise InputError(
                file,
                f"{cells[name].name}: this cell is merged with {column_letters(first[1])}"
                f"{first[0]}, and holds nothing itself",
                "Unmerge the cells, and write in each what it says.",
                line=number,
            )
    filled = [cell for cell in cells.values() if cell.text]
    if filled and not cells["question"].text and KEY in cells:
        cells["question"] = replace(cells[KEY], name=cells["question"].name)
    if filled and not cells["question"].text:
        raise InputError(
            file,
            f"{filled[0].name}: the question is missing",
            "`hrge query aspects` lists the keys of all questions.",
            line=filled[0].row,
        )
    return cells


def _refuse_formula(cell: Cell, file: str) -> None:
    if cell.kind == FORMULA:
        raise InputError(
            file,
            f"{cell.name}: this cell holds a formula, and hrge calculates none",
            "Write its result. If it is text, put an apostrophe before it.",
            line=cell.row,
        )
    if cell.kind == ERROR:
        raise InputError(
            file,
            f"{cell.name}: the cell holds an error of the spreadsheet",
            "Write a word or a number.",
            line=cell.row,
        )


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
