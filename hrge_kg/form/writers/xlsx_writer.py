"""Writes a filled form as a workbook: sheets with drop-downs, and the lists that these offer.

(docs/reference/form.md) Needs the extra `xlsx` (openpyxl).
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ...errors import MissingExtra
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
    "Programme: once for all answers, the day (answered-on), who says so (answered-by), "
    "and whether of a rule or of what happens.",
    "Groups: a column a group. Its name stands in the first row: small letters, digits and "
    "hyphens. Name further groups to the right.",
    "Answers: yes, in part, no, don't know or does not apply. Under “for” stands the group; "
    "blank means all who are admitted.",
    "To answer a question for another group, or of another thing, copy its row. "
    "Under “of” stands which thing; blank means any.",
    "Cells that list several words put a semicolon between them. "
    "The sheet Choices lists the words; a cell's arrow offers them.",
    "Formulas are not worked out. What begins with = is text: put an apostrophe before it.",
    "Run: hrge validate FILE.xlsx. A mistake is named with its cell.",
)
_WIDTHS: Mapping[str, int] = {"question": 42, "asked": 44, "why": 44, "choices": 60, "answer": 20}
_WIDTH, _LINE = 18, 15  # of the other columns, in letters; height of a line, in points
_GROUP_COLUMNS = 12
"""Columns of Groups that have drop-downs, so that groups can be added."""


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
    book.save(out)
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
            self._offer(sheet, [f"B{row}"], self._fact_choices(question))

    def _groups(self) -> None:
        facts: dict[str, dict[str, Words]] = {}
        for group, about in self.form.groups.items():
            for question, words in about.items():
                facts.setdefault(question, {})[group] = words
        groups = list(self.form.groups)
        sheet = self._sheet(GROUPS, ["question", *EXPLAINING, *groups])
        last = _letter(len(EXPLAINING) + 1 + max(len(groups), _GROUP_COLUMNS))
        for row, (question, by_group) in enumerate(facts.items(), 2):
            self._row(sheet, row, question, by_group)
            self._offer(
                sheet,
                [f"{_letter(len(EXPLAINING) + 2)}{row}:{last}{row}"],
                self._fact_choices(question),
            )

    def _answers(self) -> None:
        columns = ["question", "asked", *SLOT_COLUMNS.values(), "why", "choices"]
        sheet = self._sheet(ANSWERS, columns)
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
        for words, places in cells.items():
            self._offer(sheet, places, words)
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
        # what is asked stays in sight wherever the answers are
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
        sheet.row_dimensions[row].height = _LINE * lines  # not every program works it out

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

        # It offers and does not forbid: a cell may list several words.
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


def _wrapped() -> Alignment:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _on_a4(sheet: Worksheet, *, wide: int = 1) -> None:
    """Printed across, so many pages wide."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.gridLines = True


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place)
