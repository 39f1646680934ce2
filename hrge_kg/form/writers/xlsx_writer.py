"""Writes a form as a workbook, as people fill in workbooks: a question a row, in words, with lists.

(docs/reference/form.md) Needs the extra `xlsx` (openpyxl).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ...errors import InputError, MissingExtra
from ..content import HEAD, FormContent
from ..relevance import UNKNOWN, Relevance
from ..slots import SLOTS
from ..table_layout import CHECK, GROUPS, QUESTIONS, START
from ..vocabulary import Vocabulary
from ..wording import GROUP_QUESTIONS, HEAD_QUESTIONS, choices, fact_label, joined
from .xlsx_cells import (
    ENTRY_FILL,
    FAINT,
    HEAD_FILL,
    INK,
    LINE,
    TEXT,
    dress,
    fold,
    format_as_text,
    height,
    letter,
    note,
    offered,
    on_a4,
    put,
)
from .xlsx_check import write_check
from .xlsx_lists import Lists, Places, Reach
from .xlsx_questions import write_questions

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_TITLE = "Describe a programme"
_ADVICE = (
    "Fill in what you know and leave the rest blank. Blank means “not stated”, never yes or no. "
    "Write nothing about an identifiable person.",
    "1. Say below what the programme is.",
    "2. Sheet Groups: name each group of people that is served, held or turned away, and say who "
    "they are. Make two groups where people are treated differently.",
    "3. Sheet Questions: answer what you can. Questions that do not concern your groups turn grey. "
    "Arrows in the cells offer the words; point at a corner with a mark to see what they mean.",
    "4. To answer a question for another group, or of another thing, copy its whole row. "
    "More columns (how often, on what ground, since when …) are folded away: open them with the "
    "+ above the columns.",
    "5. Sheet Check: see what is filled in, what is missing and what to mend. "
    "Then save as .xlsx and send it.",
)
_WIDTHS: Mapping[str, float] = {"A": 16, "B": 62, "C": 34, "D": 46}
_GROUP_WIDTH = 20
_GROUP_COLUMNS = 12
"""How many columns of Groups are ready for groups."""
_SEVERAL = "Several: put a semicolon between them."


def to_xlsx(form: FormContent, vocabulary: Vocabulary, relevance: Relevance = UNKNOWN) -> bytes:
    """A form as a workbook; `read_xlsx` gives the same description again.

    Raises MissingExtra without openpyxl.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtra("--format xlsx", "openpyxl", "xlsx") from error
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(book, form, vocabulary, relevance)
    out = io.BytesIO()
    try:
        book.save(out)
    except ValueError as error:  # a zip file has no time before 1980
        raise InputError(
            "--format xlsx",
            f"a workbook cannot be written: {error}",
            "Set the clock of this machine right.",
        ) from error
    return out.getvalue()


def _write(book: Workbook, form: FormContent, vocabulary: Vocabulary, relevance: Relevance) -> None:
    start, groups, questions, check = (
        book.create_sheet(name) for name in (START, GROUPS, QUESTIONS, CHECK)
    )
    lists = Lists(book)
    programme = _write_start(start, form, vocabulary, lists)
    rows, last = _write_groups(groups, form, vocabulary, lists)
    places = Places(programme, rows, _FIRST_GROUP, last)
    reach = Reach(book, GROUPS, places, lists, vocabulary)
    written = write_questions(
        questions,
        form,
        vocabulary,
        lists,
        places,
        lambda question: reach.concerns(relevance, question),
    )
    write_check(check, places, written)
    book.active = 0


_FIRST_GROUP = 3
"""The column of the first group."""


def _write_start(
    sheet: Worksheet, form: FormContent, vocabulary: Vocabulary, lists: Lists
) -> dict[str, str]:
    """Write what the programme is, and how to fill in. The cells of the answers, by question."""
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    fold(sheet, 1)
    dress(put(sheet, 1, 2, _TITLE), bold=True, size=18)
    sheet.row_dimensions[1].height = 28
    for row, line in enumerate(_ADVICE, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=4)
        dress(put(sheet, row, 2, line))
        sheet.row_dimensions[row].height = height([(line, 140)])
    head = len(_ADVICE) + 3
    _write_header(sheet, head, ["Key", "Question", "Answer", "How to answer"])
    cells = {}
    for row, (question, words) in enumerate(form.head_rows(), head + 1):
        text, why = _asked(question, vocabulary, HEAD_QUESTIONS)
        labels = tuple(fact_label(vocabulary, question, word, programme=True) for word in words)
        offers = choices(vocabulary, question, programme=True)
        several = _takes_several(question, vocabulary)
        hint = f"{why} {_SEVERAL}" if offers and several else why
        _write_row(sheet, row, [question, text, joined(labels), hint])
        answer = sheet.cell(row, 3)
        dress(answer, fill=ENTRY_FILL)
        answer.number_format = (
            "General"
            if SLOTS.get(question.removeprefix("answered-"), SLOTS["holds"]).kind == "date"
            else TEXT
        )
        if offers:
            _offer(sheet, lists, offers, f"C{row}", several=several)
            note(sheet.cell(row, 2), _meanings(question, offers))
        cells[question] = f"'{START}'!$C${row}"
    on_a4(sheet, pages=1)
    return cells


def _write_groups(
    sheet: Worksheet, form: FormContent, vocabulary: Vocabulary, lists: Lists
) -> tuple[dict[str, int], int]:
    """Write who is in each group. The rows of the questions, and the last column of a group."""
    names = list(form.groups)
    last = _FIRST_GROUP - 1 + max(len(names), _GROUP_COLUMNS)
    _write_header(sheet, 1, ["Key", "Question", *names])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 62
    fold(sheet, 1)
    for column in range(_FIRST_GROUP, last + 1):
        format_as_text(sheet, column)
        sheet.column_dimensions[letter(column)].width = _GROUP_WIDTH
        dress(sheet.cell(1, column), bold=True, colour="FFFFFF", fill=HEAD_FILL)
        sheet.cell(1, column).number_format = TEXT
    _ask_for_names(sheet, last)
    questions = list(dict.fromkeys(key for facts in form.groups.values() for key in facts))
    rows = {}
    for row, question in enumerate(questions, 2):
        text, why = _asked(question, vocabulary, GROUP_QUESTIONS)
        _write_row(sheet, row, [question, text])
        offers = choices(vocabulary, question)
        note(sheet.cell(row, 2), [why, *_meanings(question, offers)])
        for column in range(_FIRST_GROUP, last + 1):
            cell = sheet.cell(row, column)
            dress(cell, fill=ENTRY_FILL)
            cell.number_format = TEXT
        for column, facts in enumerate(form.groups.values(), _FIRST_GROUP):
            labels = tuple(
                fact_label(vocabulary, question, word, programme=False)
                for word in facts.get(question, ())
            )
            if labels:
                put(sheet, row, column, joined(labels))
        sheet.row_dimensions[row].height = max(
            2 * LINE + 3,  # people write several words
            height([(text, 62)]),
            height(
                (str(sheet.cell(row, column).value or ""), _GROUP_WIDTH)
                for column in range(_FIRST_GROUP, last + 1)
            ),
        )
        if offers:
            area = f"{letter(_FIRST_GROUP)}{row}:{letter(last)}{row}"
            _offer(sheet, lists, offers, area, several=_takes_several(question, vocabulary))
        rows[question] = row
    sheet.freeze_panes = "C2"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "B:B"
    used = letter(max(_FIRST_GROUP + 3, _FIRST_GROUP + len(names) - 1))
    sheet.print_area = f"A1:{used}{max(2, len(rows) + 1)}"
    on_a4(sheet)
    return rows, last


def _ask_for_names(sheet: Worksheet, last: int) -> None:
    """Refuse names of groups that hrge would refuse."""
    from openpyxl.worksheet.datavalidation import DataValidation

    first = f"{letter(_FIRST_GROUP)}1"
    asked = DataValidation(
        type="custom",
        formula1=f'AND(EXACT({first},LOWER({first})),ISERROR(SEARCH(" ",{first})))',
        showErrorMessage=True,
        errorTitle="Not a short name",
        error="Use small letters, digits and hyphens, as in women-and-girls.",
        showInputMessage=True,
        promptTitle="Name of a group",
        prompt="A short name: small letters, digits and hyphens, as in women-and-girls.",
    )
    asked.add(f"{first}:{letter(last)}1")
    sheet.add_data_validation(asked)


def _asked(question: str, vocabulary: Vocabulary, own: Mapping[str, str]) -> tuple[str, str]:
    """The words of a question, and why it is asked; `own` has those of no vocabulary."""
    if question in own:
        return own[question], HEAD[question]
    dimension = vocabulary.dimensions[question]
    return dimension.question, dimension.why


def _takes_several(question: str, vocabulary: Vocabulary) -> bool:
    """Whether several words can answer a question."""
    if question == "only":
        return False
    return question not in vocabulary.dimensions or not any(
        word == "some" for word, _, _ in choices(vocabulary, question)
    )


def _meanings(question: str, offers: list[tuple[str, str, str]]) -> Iterator[str]:
    if question != "without":  # it offers the words of all other questions
        yield from (f"• {label}: {meaning}" for _, label, meaning in offers)


def _offer(
    sheet: Worksheet,
    lists: Lists,
    offers: list[tuple[str, str, str]],
    area: str,
    *,
    several: bool,
) -> None:
    offer = offered(lists.labels(offers), several=several)
    offer.add(area)
    sheet.add_data_validation(offer)


def _write_header(sheet: Worksheet, row: int, names: list[str]) -> None:
    for column, name in enumerate(names, 1):
        dress(put(sheet, row, column, name), bold=True, colour="FFFFFF", fill=HEAD_FILL)


def _write_row(sheet: Worksheet, row: int, texts: list[str]) -> None:
    for column, text in enumerate(texts, 1):
        if text:
            dress(
                put(sheet, row, column, text), colour=FAINT if column in (1, 4) else INK, ruled=True
            )
    widths = [_WIDTHS[letter(column)] for column in range(1, len(texts) + 1)]
    sheet.row_dimensions[row].height = height(zip(texts[1:], widths[1:], strict=True))
