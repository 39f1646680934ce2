"""Writes the sheet Check of a workbook: what is filled in, what is missing, what to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..content import EMPTY
from ..table_layout import GROUPS, QUESTIONS
from .xlsx_cells import (
    FAINT,
    GOOD,
    HEAD_FILL,
    LINE,
    TO_MEND,
    colour_if,
    dress,
    height,
    letter,
    on_a4,
    put,
    put_formula,
)
from .xlsx_formulas import APART, DONE, MEND, OPEN, is_blank
from .xlsx_lists import Places
from .xlsx_questions import Written, column_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OPEN = "An open question is no mistake: blank means “not stated”."
_TOLD = 15
"""Rows to mend that are told one by one."""
_MORE = 200
_MISSING, _GIVEN, _TO_MEND = "missing", "given", "Rows to mend"
_EXAMPLE = "still ours"
_WIDTHS = (70, 16, 26, 16, 16)


def write_check(sheet: Worksheet, places: Places, written: Written) -> None:
    """Write what a person looks at before sending the workbook. All of it is worked out."""
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[letter(column)].width = width
    dress(put(sheet, 1, 1, "Before you send it"), bold=True, size=18)
    sheet.row_dimensions[1].height = 28
    row = _write_head(sheet, 2, places, written)
    row = _write_topics(sheet, row + 1, written)
    last = _write_rows(sheet, row + 1, written)
    _mark(sheet, last)
    on_a4(sheet, pages=1)


def _write_head(sheet: Worksheet, row: int, places: Places, written: Written) -> int:
    """Write the head and the totals; the next row."""
    first, last = letter(places.first), letter(places.last)
    names = f"{GROUPS}!${first}$1:${last}$1"
    facts = f"{GROUPS}!{{0}}$2:{{0}}${max(places.groups.values(), default=1)}"
    silent = "+".join(
        f'AND({GROUPS}!{letter(one)}$1<>"",COUNTA({facts.format(letter(one))})=0)'
        for one in range(places.first, places.last + 1)
    )
    lines = [
        *(
            (label, _given(places.programme[key], EMPTY.head[key][0]))
            for key, label in (("programme", "Short name"), ("title", "Title"))
            if key in places.programme
        ),
        ("Groups that are named", f'IF(COUNTA({names})=0,"{_MISSING}",COUNTA({names}))'),
        ("Groups of which nothing else is said", silent),
        ("Answers", _count(written, DONE)),
        ("Questions that are open", _count(written, OPEN)),
        ("Questions that do not concern your groups", _count(written, APART)),
        (_TO_MEND, _count(written, f"{MEND}*")),
    ]
    for label, formula in lines:
        dress(put(sheet, row, 1, label), ruled=True)
        dress(put_formula(sheet, row, 2, formula), bold=True, ruled=True)
        row += 1
    dress(put(sheet, row, 1, _OPEN), colour=FAINT)
    return row + 1


def _given(cell: str, example: str) -> str:
    state = f'IF(TRIM({cell})="{example}","{_EXAMPLE}","{_GIVEN}")'
    return f'IF({is_blank(cell)},"{_MISSING}",{state})'


def _write_topics(sheet: Worksheet, row: int, written: Written) -> int:
    _header(sheet, row, ["Topic", DONE, OPEN, APART, "to mend"])
    for topic in written.topics:
        row += 1
        dress(put(sheet, row, 1, topic), ruled=True)
        for column, what in enumerate((DONE, OPEN, APART, f"{MEND}*"), 2):
            formula = _count(written, what, f"$A{row}")
            dress(put_formula(sheet, row, column, formula), ruled=True)
    return row + 1


def _write_rows(sheet: Worksheet, row: int, written: Written) -> int:
    """Write which rows to mend: the first few."""
    _header(sheet, row, ["To mend in the sheet Questions", "row", "what"])
    column, end = column_of("Check"), written.last + _MORE
    for number in range(_TOLD):
        row += 1
        sheet.row_dimensions[row].height = 2 * LINE + 3
        before = f"B{row - 1}" if number else "1"
        rest = f"INDEX({QUESTIONS}!${column}:${column},{before}+1):{QUESTIONS}!${column}${end}"
        dress(sheet.cell(row, 2))
        put_formula(sheet, row, 2, f'IFERROR(MATCH("{MEND}*",{rest},0)+{before},"")')
        found = f"$B{row}"
        for place, name in ((1, "Question"), (3, "Check")):
            whole = f"{QUESTIONS}!${column_of(name)}:${column_of(name)}"
            dress(put_formula(sheet, row, place, f'IF({found}="","",INDEX({whole},{found}))'))
    return row


def _header(sheet: Worksheet, row: int, names: list[str]) -> None:
    for column, name in enumerate(names, 1):
        dress(put(sheet, row, column, name), bold=True, colour="FFFFFF", fill=HEAD_FILL)
    sheet.row_dimensions[row].height = height(zip(names, _WIDTHS, strict=False))


def _count(written: Written, what: str, topic: str | None = None) -> str:
    check = _range(written, "Check")
    if topic is None:
        return f'COUNTIF({check},"{what}")'
    return f'COUNTIFS({_range(written, "Topic")},{topic},{check},"{what}")'


def _range(written: Written, name: str) -> str:
    column = column_of(name)
    return f"{QUESTIONS}!${column}$2:${column}${written.last + _MORE}"


def _mark(sheet: Worksheet, last: int) -> None:
    for formula, colour in (
        (f'OR($B2="{_MISSING}",$B2="{_EXAMPLE}")', TO_MEND),
        (f'AND($A2="{_TO_MEND}",$B2>0)', TO_MEND),
        (f'$B2="{_GIVEN}"', GOOD),
    ):
        colour_if(sheet, f"A2:B{last}", formula, colour, bold=True)
