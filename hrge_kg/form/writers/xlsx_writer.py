"""Writes a filled form as a workbook: sheets with drop-down lists, and the words of these lists.

(docs/reference/form.md) Needs the extra `xlsx` (openpyxl).
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ...errors import InputError, MissingExtra
from ..content import FormContent, Words, explained, fact_words
from ..slots import SLOTS
from ..table_layout import (
    ANSWERS,
    CHOICES,
    EXPLAINING,
    GROUPS,
    PROGRAMME,
    READ_ME,
    SHEETS,
    SLOT_COLUMNS,
    WORD_SEPARATOR,
)
from ..vocabulary import Vocabulary

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

_ADVICE = (
    "A description of a programme. Fill in the sheets Programme, Groups and Answers "
    "as far as you know; leave the rest blank.",
    "Blank means “not stated”, never yes or no. Write nothing about an identifiable person.",
    "Programme: once for all answers, the day, month or year (answered-on: 2025-03-01, 2025-03 "
    "or 2025), who says so (answered-by), "
    "and whether of a rule or of what happens.",
    "Groups: a column a group. Its name stands in the first row: small letters, digits and "
    "hyphens. Name further groups to the right.",
    "Answers: yes, in part, no, don't know or does not apply. Under “for” stands the group; "
    "several are meant each; blank means all who are admitted.",
    "only, in Groups: yes says that the list of kinds is complete, and nobody in the group is of a "
    "kind that it does not name. admitted: blank is not known.",
    "To answer a question for another group, or of another thing, copy its row. "
    "Under “of” stands which thing; blank means any.",
    "Cells that list several words put a semicolon between them. "
    "The sheet Choices lists the words; a cell's arrow offers them.",
    "Formulas are not worked out. What begins with = is text: put an apostrophe before it.",
    "Run: hrge validate FILE.xlsx. A mistake is named with its cell.",
)
_WIDTHS: Mapping[str, int] = {"question": 42, "asked": 44, "why": 44, "choices": 60, "answer": 20}
_WIDTH = 18  # of the other columns, in letters
_LINE = 15  # the height of a line, in points
_TEXT = "@"
_WORDS = ("concept", "people")
"""The kinds of slots whose columns are formatted as text; spreadsheets know dates and numbers."""
_DATE = "on"
"""The default for all answers that is a date."""
_GROUP_COLUMNS = 12
"""How many columns of Groups have drop-down lists, so that people can add groups."""


def to_xlsx(form: FormContent, vocabulary: Vocabulary) -> bytes:
    """A filled form as a workbook; `read_xlsx_form` gives the same description again.

    Raises MissingExtra without openpyxl.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtra("--format xlsx", "openpyxl", "xlsx") from error
    book = Workbook()
    book.remove(book.worksheets[0])
    _Sheets(book, form, vocabulary).write()
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


class _Sheets:
    def __init__(self, book: Workbook, form: FormContent, vocabulary: Vocabulary) -> None:
        self.book = book
        self.form = form
        self.vocabulary = vocabulary
        self.lists: dict[tuple[str, ...], str] = {}
        self.columns: list[tuple[str, tuple[str, ...]]] = []

    def write(self) -> None:
        self._read_me()
        self._programme()
        self._groups()
        self._answers()
        self._choices()
        self.book.active = 1

    def _read_me(self) -> None:
        sheet = self.book.create_sheet(READ_ME)
        for number, line in enumerate(_ADVICE, 1):
            _put(sheet, number, 1, line).alignment = _wrapped()
        sheet.column_dimensions["A"].width = 110
        _on_a4(sheet)

    def _programme(self) -> None:
        sheet = self._sheet(PROGRAMME, [*SHEETS[PROGRAMME], *EXPLAINING])
        for row, (question, words) in enumerate(self.form.head_rows(), 2):
            self._row(sheet, row, question, {"answer": words})
            if question != f"answered-{_DATE}":
                sheet.cell(row, 2).number_format = _TEXT
            self._offer(sheet, [f"B{row}"], self._fact_choices(question))

    def _groups(self) -> None:
        facts: dict[str, dict[str, Words]] = {}
        for group, about in self.form.groups.items():
            for question, words in about.items():
                facts.setdefault(question, {})[group] = words
        groups = list(self.form.groups)
        sheet = self._sheet(GROUPS, ["question", *EXPLAINING, *groups])
        width = len(EXPLAINING) + 1 + max(len(groups), _GROUP_COLUMNS)
        last = _letter(width)
        for place in range(len(EXPLAINING) + 2, width + 1):
            _as_text(sheet, place)
        for row, (question, by_group) in enumerate(facts.items(), 2):
            self._row(sheet, row, question, by_group)
            self._offer(
                sheet,
                [f"{_letter(len(EXPLAINING) + 2)}{row}:{last}{row}"],
                self._fact_choices(question),
            )
        for row in range(1, len(facts) + 2):
            for place in range(len(EXPLAINING) + 2, width + 1):
                sheet.cell(row, place).number_format = _TEXT

    def _answers(self) -> None:
        columns = ["question", "asked", *SLOT_COLUMNS.values(), "why", "choices"]
        sheet = self._sheet(ANSWERS, columns)
        words_of = [column for name, column in SLOT_COLUMNS.items() if SLOTS[name].kind in _WORDS]
        places = [columns.index(column) + 1 for column in ("question", *words_of)]
        for place in places:
            _as_text(sheet, place)
        cells: dict[tuple[str, ...], list[str]] = {}
        for row, (question, slots) in enumerate(self.form.answers, 2):
            self._row(
                sheet,
                row,
                question,
                {SLOT_COLUMNS[name]: words for name, words in slots.items()},
            )
            of = self.vocabulary.aspects[question].of_scheme
            if of:
                cells.setdefault(self._keys(of), []).append(
                    f"{_letter(columns.index('of') + 1)}{row}"
                )
        for row in range(2, len(self.form.answers) + 2):
            for place in places:
                sheet.cell(row, place).number_format = _TEXT
        for choices, of_cells in cells.items():
            self._offer(sheet, of_cells, choices)
        last = max(
            2, len(self.form.answers) + 1 + 200
        )  # rows that a person adds have drop-downs too
        for name, column in SLOT_COLUMNS.items():
            slot = SLOTS[name]
            letter = _letter(columns.index(column) + 1)
            if slot.kind == "concept" and slot.scheme:
                self._offer(sheet, [f"{letter}2:{letter}{last}"], self._keys(slot.scheme))
            elif slot.kind == "people":
                first, end = (
                    _letter(len(EXPLAINING) + 2),
                    _letter(len(EXPLAINING) + 1 + max(len(self.form.groups), _GROUP_COLUMNS)),
                )
                self._offer_range(
                    sheet, [f"{letter}2:{letter}{last}"], f"{GROUPS}!${first}$1:${end}$1"
                )

    def _choices(self) -> None:
        sheet = self.book.create_sheet(CHOICES)
        for place, (letter, words) in enumerate(self.columns, 1):
            for row, word in enumerate(words, 1):
                _put(sheet, row, place, word)
            sheet.column_dimensions[letter].width = 34
        _on_a4(sheet, wide=4)

    def _sheet(self, title: str, columns: list[str]) -> Worksheet:
        from openpyxl.styles import Font, PatternFill

        sheet: Worksheet = self.book.create_sheet(title)
        for place, name in enumerate(columns, 1):
            cell = _put(sheet, 1, place, name)
            cell.font, cell.fill, cell.alignment = (
                Font(name="Calibri", size=11, bold=True),
                PatternFill("solid", "DDDDDD"),
                _wrapped(),
            )
            sheet.column_dimensions[_letter(place)].width = _WIDTHS.get(name, _WIDTH)
        # The question stays in sight when people scroll to the right.
        sheet.freeze_panes = "C2" if columns[1] == "asked" else "B2"
        sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:B"
        _on_a4(sheet, wide=2 if len(columns) > 12 else 1)
        self.header = columns
        return sheet

    def _row(self, sheet: Worksheet, row: int, question: str, words: Mapping[str, Words]) -> None:
        texts = (
            {"question": question}
            | explained(question, self.vocabulary)
            | {k: f"{WORD_SEPARATOR} ".join(w) for k, w in words.items()}
        )
        lines = 1
        for place, name in enumerate(self.header, 1):
            if texts.get(name):
                _put(sheet, row, place, texts[name]).alignment = _wrapped()
                lines = max(lines, len(textwrap.wrap(texts[name], _WIDTHS.get(name, _WIDTH))))
        # Not every program makes a row as high as its text needs.
        sheet.row_dimensions[row].height = _LINE * lines

    def _fact_choices(self, question: str) -> tuple[str, ...]:
        if question in self.vocabulary.dimensions:
            return tuple(fact_words(self.vocabulary, question))
        choices = explained(question, self.vocabulary).get("choices", "")
        return tuple(choices.split(" · ")) if choices else ()

    def _keys(self, scheme: str) -> tuple[str, ...]:
        return tuple(concept.key for concept in self.vocabulary.by_scheme.get(scheme, ()))

    def _offer(self, sheet: Worksheet, places: Iterable[str], words: tuple[str, ...]) -> None:
        if words:
            self._offer_range(sheet, places, self._list(words))

    def _offer_range(self, sheet: Worksheet, places: Iterable[str], choices: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        # The list offers words and forbids none, because a cell may hold several words.
        offered = DataValidation(
            type="list", formula1=choices, allow_blank=True, showErrorMessage=False
        )
        for place in places:
            offered.add(place)
        sheet.add_data_validation(offered)

    def _list(self, words: tuple[str, ...]) -> str:
        if words not in self.lists:
            letter = _letter(len(self.columns) + 1)
            self.columns.append((letter, words))
            self.lists[words] = f"{CHOICES}!${letter}$1:${letter}${len(words)}"
        return self.lists[words]


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """A cell that holds text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def _as_text(sheet: Worksheet, column: int) -> None:
    """Format the empty cells of a column as text.

    Else a spreadsheet makes a date of the name 5-12, and a number of 007.
    """
    dimension = sheet.column_dimensions[_letter(column)]
    dimension.number_format = _TEXT
    dimension.width = max(dimension.width, _WIDTH)


def _wrapped() -> Alignment:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _on_a4(sheet: Worksheet, *, wide: int = 1) -> None:
    """Print the sheet on A4 in landscape, `wide` pages wide."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.gridLines = True


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place)
