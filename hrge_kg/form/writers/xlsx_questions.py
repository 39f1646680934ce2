"""Writes the sheet Questions of a workbook: a question a row, with a band for each topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..content import FormContent, Slots
from ..slots import SLOTS
from ..table_layout import GROUPS, HEADINGS, SLOT_COLUMNS
from ..vocabulary import Aspect, Vocabulary
from ..wording import concept_choices, joined, slot_label, with_capital
from .xlsx_cells import (
    BAND_FILL,
    ENTRY_FILL,
    FAINT,
    GOOD,
    HEAD_FILL,
    INK,
    TEXT,
    TO_MEND,
    colour_if,
    dress,
    fold,
    height,
    letter,
    note,
    offered,
    on_a4,
    put,
    put_formula,
)
from .xlsx_formulas import APART, DONE, MEND, is_blank, refused, status
from .xlsx_lists import Choice, Lists, Places

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHOWN = ("holds", "of", "for")
_FOLDED = tuple(name for name in SLOTS if name not in _SHOWN)
_COLUMNS = (
    "Topic",
    "Question",
    *(HEADINGS[SLOT_COLUMNS[name]] for name in _SHOWN),
    "Check",
    *(HEADINGS[SLOT_COLUMNS[name]] for name in _FOLDED),
    "Why",
    "Key",
)
_WIDTHS = {
    "Topic": 22,
    "Question": 62,
    "Answer": 16,
    "Which of these": 32,
    "For whom": 24,
    "Check": 24,
    "Why": 60,
}
_WIDTH = 20
_MORE_ROWS = 200
"""Rows below the form that have drop-down lists too, for rows that people add."""
_IN_ORDER = ("yes", "in-part", "no", "dont-know", "does-not-apply")
_WORDS = ("concept", "people")
"""The kinds of slots whose columns are formatted as text; spreadsheets know dates and numbers."""
_SEVERAL = "Choose from the list. Several: put a semicolon between them."


@dataclass(frozen=True)
class Written:
    """What the sheet Check has to know of the sheet Questions: its topics and its last row."""

    topics: tuple[str, ...]
    last: int


def column_of(name: str) -> str:
    """The letters of a column of the sheet, by its heading."""
    return letter(_COLUMNS.index(name) + 1)


def write_questions(
    sheet: Worksheet,
    form: FormContent,
    vocabulary: Vocabulary,
    lists: Lists,
    places: Places,
    concerns: Callable[[str], str],
) -> Written:
    """Write the answers of a form, and the questions that are left blank.

    `concerns` gives the cell that says whether a question (key) concerns the groups.
    """
    return _Questions(sheet, form, vocabulary, lists, places).write(concerns)


class _Questions:
    def __init__(
        self,
        sheet: Worksheet,
        form: FormContent,
        vocabulary: Vocabulary,
        lists: Lists,
        places: Places,
    ) -> None:
        self.sheet, self.form, self.vocabulary, self.lists = sheet, form, vocabulary, lists
        first, last = letter(places.first), letter(places.last)
        self.groups = f"{GROUPS}!${first}$1:${last}$1"
        kinds = vocabulary.concepts_in(*vocabulary.schemes_of(programme=False))
        self.people = lists.names(concept_choices(kinds))
        self.schemes: dict[str, list[Choice]] = {}

    def write(self, concerns: Callable[[str], str]) -> Written:
        self._header()
        row, topic, topics = 2, "", []
        first = row
        of_cells: dict[str, list[str]] = {}
        for question, slots in self.form.answers:
            aspect = self.vocabulary.aspects[question]
            label = with_capital(self.vocabulary.concepts[aspect.topic].label)
            if label != topic:
                topic = label
                topics.append(label)
                self._band(row, label)
                row += 1
            self._row(row, aspect, label, slots, concerns(question))
            if aspect.of_scheme:
                of_cells.setdefault(aspect.of_scheme, []).append(
                    f"{column_of('Which of these')}{row}"
                )
            row += 1
        last = max(first, row - 1)
        self._offer(last, of_cells)
        self._mark(last)
        self._fold()
        sheet = self.sheet
        sheet.freeze_panes = "C2"
        sheet.auto_filter.ref = f"A1:{letter(len(_COLUMNS))}{last}"
        sheet.print_title_rows = "1:1"
        sheet.print_area = f"A1:{column_of('Check')}{last}"
        on_a4(sheet)
        return Written(tuple(topics), last)

    def _header(self) -> None:
        for column, name in enumerate(_COLUMNS, 1):
            cell = put(self.sheet, 1, column, name)
            dress(cell, bold=True, colour="FFFFFF", fill=HEAD_FILL)
            dimension = self.sheet.column_dimensions[letter(column)]
            dimension.width = _WIDTHS.get(name, _WIDTH)
        for name, slot_column in SLOT_COLUMNS.items():
            heading = HEADINGS[slot_column]
            if SLOTS[name].kind in _WORDS:
                dimension = self.sheet.column_dimensions[column_of(heading)]
                dimension.number_format = TEXT
            if meanings := list(_meanings(self._choices(SLOTS[name].scheme))):
                note(self.sheet[f"{column_of(heading)}1"], meanings)

    def _band(self, row: int, topic: str) -> None:
        for column in range(1, len(_COLUMNS) + 1):
            dress(self.sheet.cell(row, column), bold=True, fill=BAND_FILL)
        put(self.sheet, row, 1, topic)
        self.sheet.row_dimensions[row].height = height([])

    def _row(self, row: int, aspect: Aspect, topic: str, slots: Slots, concerns: str) -> None:
        texts = {"Topic": topic, "Question": aspect.question, "Why": aspect.why, "Key": aspect.key}
        for name, words in slots.items():
            texts[HEADINGS[SLOT_COLUMNS[name]]] = joined(
                tuple(
                    slot_label(self.vocabulary, name, word, aspect, self.form.groups)
                    for word in words
                )
            )
        for column, name in enumerate(_COLUMNS, 1):
            cell = put(self.sheet, row, column, texts[name]) if texts.get(name) else None
            cell = cell or self.sheet.cell(row, column)
            helps = name in ("Topic", "Why", "Key")
            entry = ENTRY_FILL if not helps and name not in ("Question", "Check") else None
            dress(cell, colour=FAINT if helps else INK, fill=entry, ruled=True)
        for name, slot_column in SLOT_COLUMNS.items():
            if SLOTS[name].kind in _WORDS:
                self.sheet[f"{column_of(HEADINGS[slot_column])}{row}"].number_format = TEXT
        put_formula(
            self.sheet, row, _COLUMNS.index("Check") + 1, self._status(row, aspect, concerns)
        )
        note(self.sheet.cell(row, 2), (f"The source: “{quote}”" for quote in aspect.quotes))
        note(
            self.sheet[f"{column_of('Which of these')}{row}"],
            _meanings(self._choices(aspect.of_scheme)),
        )
        self.sheet.row_dimensions[row].height = height(
            (text, _WIDTHS.get(name, _WIDTH)) for name, text in texts.items() if name != "Why"
        )

    def _status(self, row: int, aspect: Aspect, concerns: str) -> str:
        """The formula that says what the row lacks."""
        cells = {
            name: f"${column_of(HEADINGS[column])}{row}" for name, column in SLOT_COLUMNS.items()
        }
        mended = [(refused(cells["for"], [self.groups, self.people]), "for whom")]
        of = aspect.of_scheme
        which = refused(cells["of"], [self._names(of)]) if of else f"NOT({is_blank(cells['of'])})"
        mended.append((which, "which of these"))
        for name in _FOLDED:
            scheme = SLOTS[name].scheme
            if SLOTS[name].kind == "concept" and scheme:
                what = HEADINGS[SLOT_COLUMNS[name]].lower()
                mended.append((refused(cells[name], [self._names(scheme)]), what))
        number, unit = is_blank(cells["quantity"]), is_blank(cells["unit"])
        mended.append((f"({number})<>({unit})", "a number and what it counts"))
        first, last = column_of(HEADINGS["level"]), column_of(HEADINGS["on"])
        others = f"{cells['of']}:{cells['for']},${first}{row}:${last}{row}"
        return status(cells["holds"], self._names("answer"), others, concerns, mended)

    def _offer(self, last: int, of_cells: dict[str, list[str]]) -> None:
        """Give the cells their drop-down lists, also those of rows that people add."""
        end = last + _MORE_ROWS
        answers = self._choices("answer")
        answer = column_of("Answer")
        reasons = {
            row: str(self.sheet[f"{column_of('Why')}{row}"].value or "")
            for row in range(2, last + 1)
        }
        for row, why in reasons.items():
            if why:
                self._offer_list(answers, f"{answer}{row}", title="Why it is asked", prompt=why)
        self._offer_list(answers, f"{answer}{last + 1}:{answer}{end}")
        for scheme, cells in of_cells.items():
            offer = offered(self.lists.labels(self._choices(scheme)), several=True, prompt=_SEVERAL)
            for cell in cells:
                offer.add(cell)
            self.sheet.add_data_validation(offer)
        for name, column in SLOT_COLUMNS.items():
            slot, letters = SLOTS[name], column_of(HEADINGS[column])
            area = f"{letters}2:{letters}{end}"
            if slot.kind == "people":
                offer = offered(self.groups, several=True, prompt=_FOR)
                offer.add(area)
                self.sheet.add_data_validation(offer)
            elif name != "holds" and slot.kind == "concept" and slot.scheme:
                self._offer_list(self._choices(slot.scheme), area, several=slot.several)

    def _offer_list(
        self,
        choices: list[Choice],
        area: str,
        *,
        several: bool = False,
        title: str = "",
        prompt: str = "",
    ) -> None:
        offer = offered(self.lists.labels(choices), several=several, title=title, prompt=prompt)
        offer.add(area)
        self.sheet.add_data_validation(offer)

    def _mark(self, last: int) -> None:
        """Grey for what does not concern the groups; a word and a colour for the state of a row."""
        check, end = column_of("Check"), last + _MORE_ROWS
        colour_if(
            self.sheet,
            f"A2:{letter(len(_COLUMNS))}{end}",
            f'${check}2="{APART}"',
            "8A8D90",
            fill="EEEEEE",
        )
        states = f"{check}2:{check}{end}"
        to_mend = f'LEFT(${check}2,{len(MEND)})="{MEND}"'
        colour_if(self.sheet, states, to_mend, TO_MEND, bold=True)
        colour_if(self.sheet, states, f'${check}2="{DONE}"', GOOD, bold=True)

    def _fold(self) -> None:
        """Fold the further slots away, unless one is filled; and what only helps."""
        filled = any(name in _FOLDED for _, slots in self.form.answers for name in slots)
        for name in (*(HEADINGS[SLOT_COLUMNS[one]] for one in _FOLDED), "Why", "Key"):
            fold(self.sheet, _COLUMNS.index(name) + 1, hidden=not filled)

    def _choices(self, scheme: str | None) -> list[Choice]:
        if scheme is None:
            return []
        if scheme not in self.schemes:
            found = concept_choices(self.vocabulary.concepts_in(scheme))
            if scheme == SLOTS["holds"].scheme:
                found.sort(key=lambda one: _IN_ORDER.index(one[0]))
            self.schemes[scheme] = found
        return self.schemes[scheme]

    def _names(self, scheme: str) -> str:
        return self.lists.names(self._choices(scheme))


_FOR = (
    "A group of the sheet Groups. Several: put a semicolon between them; each is meant. "
    "Blank: all who are admitted."
)


def _meanings(choices: list[Choice]) -> Iterator[str]:
    yield from (f"• {label}: {meaning}" for _, label, meaning in choices)
