"""Tables of words as a workbook to read, sort and copy from: one sheet for each.

Every cell is text, whatever it begins with: nothing that somebody wrote becomes a formula. Needs
the extra `xlsx` (openpyxl).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError, MissingExtra
from ..escaping import for_workbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARACTERS = 32_767
"""What a cell of a workbook can hold."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROW, _WIDE = 12, 48  # the widths of columns, in letters
_LINE = 15  # the height of a line, in points
_TALLEST = 400  # of a row; a program shows no row that is higher than 409 points


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title, the names of its columns, and rows of texts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def to_xlsx(sheets: Sequence[Sheet], about: Sequence[str]) -> bytes:
    """A workbook with these sheets; the last, About, has a line for each text.

    Raises MissingExtra without openpyxl.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtra("a workbook", "openpyxl", "xlsx") from error
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in (*sheets, Sheet("About", (), tuple((line,) for line in about))):
        _fill(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    try:
        book.save(out)
    except ValueError as error:  # a zip file has no time before 1980
        raise InputError(
            "a workbook", f"it cannot be written: {error}", "Set the clock of this machine right."
        ) from error
    return out.getvalue()


def _fill(into: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    rows = [sheet.columns, *sheet.rows] if sheet.columns else list(sheet.rows)
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = into.cell(number, place)
            cell.value = for_workbook(_NOT_XML.sub("", text)[:MOST_CHARACTERS])
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if sheet.columns and number == 1:
                cell.font = Font(bold=True)
    widths = [
        min(_WIDE, max(_NARROW, max(map(len, texts)) // 3)) if sheet.columns else 2 * _WIDE
        for texts in zip(*rows, strict=True)
    ]
    for place, width in enumerate(widths, 1):
        into.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, 1):
        # Not every program makes room for words that are wrapped.
        lines = max(-(-len(text) // (width - 2)) for text, width in zip(row, widths, strict=True))
        into.row_dimensions[number].height = min(_TALLEST, _LINE * max(1, lines))
    if sheet.columns:
        into.freeze_panes = "A2"
        into.auto_filter.ref = into.dimensions
        into.print_title_rows = "1:1"
    into.page_setup.orientation, into.page_setup.paperSize = "landscape", into.PAPERSIZE_A4
    into.page_setup.fitToWidth, into.page_setup.fitToHeight = 1, 0
    into.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
