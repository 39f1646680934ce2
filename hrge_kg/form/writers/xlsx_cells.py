"""Cells of a workbook: their text, look, notes and drop-down lists."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...escaping import for_workbook

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

INK, FAINT, TO_MEND, GOOD = "1A1A1A", "5C5F62", "B3261E", "1B5E37"
"""Colours of text: plain, what only helps, what has to be mended, what is done."""
HEAD_FILL, BAND_FILL, ENTRY_FILL = "1D4F91", "DCE6F2", "FFFDF2"
_LINE_COLOUR = "C9CED3"
TEXT = "@"
"""The format of cells that hold text whatever is typed."""
LINE = 15
"""The height of a line, in points."""
_NOTE = 30_000
"""Letters of a note; a workbook can hold somewhat more."""
_PROMPT, _PROMPT_TITLE = 250, 30
"""Letters of a message that shows when a cell is chosen; a workbook can hold a few more."""


def put(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """A cell that holds text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = for_workbook(text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def put_formula(sheet: Worksheet, row: int, column: int, formula: str) -> Cell | MergedCell:
    """A cell that a spreadsheet works out."""
    cell = sheet.cell(row, column)
    cell.value = f"={formula}"
    return cell


def dress(
    cell: Cell | MergedCell,
    *,
    colour: str = INK,
    bold: bool = False,
    size: int = 11,
    fill: str | None = None,
    ruled: bool = False,
) -> None:
    """Give a cell its look, in plain number format. Text is wrapped, and begins at the top."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    name = f"hrge {colour} {size}{' bold' * bold} {fill or ''}{' ruled' * ruled}".strip()
    book, quoted = cell.parent.parent, cell.quotePrefix
    assert book is not None
    if name not in book.named_styles:
        line = Side("thin", color=_LINE_COLOUR)
        look = NamedStyle(
            name,
            font=Font(name="Calibri", size=size, bold=bold, color=colour),
            alignment=Alignment(wrap_text=True, vertical="top"),
        )
        if fill:
            look.fill = PatternFill("solid", fill)
        if ruled or fill:
            look.border = Border(left=line, right=line, top=line, bottom=line)
        book.add_named_style(look)
    cell.style = name
    if quoted:
        cell.quotePrefix = quoted


def note(cell: Cell | MergedCell, lines: Iterable[str]) -> None:
    """Lines that show beside a cell when somebody points at it."""
    from openpyxl.comments import Comment

    text = "\n".join(lines)[:_NOTE]
    if text:
        shown = sum(len(textwrap.wrap(line, 62)) or 1 for line in text.split("\n"))
        cell.comment = Comment(text, "hrge", width=420, height=min(560, 22 + 16 * shown))


def offered(
    choices: str, *, several: bool = False, title: str = "", prompt: str = ""
) -> DataValidation:
    """A drop-down list (a range) that refuses other words.

    If a cell may hold several words, it warns and lets the person decide.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    error = (
        "This is none of the words in the list. To give several of them, put a semicolon between "
        "them and choose Yes."
        if several
        else "Choose one of the words in the list, or leave the cell blank."
    )
    return DataValidation(
        type="list",
        formula1=choices,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning" if several else "stop",
        errorTitle="Not in the list",
        error=error,
        showInputMessage=bool(prompt),
        promptTitle=title[:_PROMPT_TITLE] or None,
        prompt=textwrap.shorten(prompt, _PROMPT, placeholder=" …") or None,
    )


def colour_if(
    sheet: Worksheet,
    area: str,
    formula: str,
    colour: str,
    *,
    bold: bool = False,
    fill: str | None = None,
) -> None:
    """Colour the text of the cells for which a formula holds, written for the first of them."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(
        font=Font(color=colour, bold=bold or None),
        fill=PatternFill("solid", bgColor=fill) if fill else None,
    )
    rule = Rule(type="expression", dxf=look, formula=[formula])
    sheet.conditional_formatting.add(area, rule)


def format_as_text(sheet: Worksheet, column: int) -> None:
    """Format the empty cells of a column as text.

    Else a spreadsheet makes a date of the name 5-12, and a number of 007.
    """
    sheet.column_dimensions[letter(column)].number_format = TEXT


def fold(sheet: Worksheet, column: int, *, hidden: bool = True) -> None:
    """Group a column with those beside it; folded away, a click on the + opens them."""
    dimension = sheet.column_dimensions[letter(column)]
    dimension.outlineLevel, dimension.hidden = 1, hidden


def on_a4(sheet: Worksheet, *, pages: int = 0) -> None:
    """Print the sheet on A4 in landscape, as wide as the paper; on so many pages (0: any)."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("&P / &N")
    )


def height(texts: Iterable[tuple[str, float]]) -> float:
    """The height of a row with these texts, each in a column of this width (letters).

    Not every program makes a row as high as its text needs.
    """
    lines = [len(textwrap.wrap(text, max(1, int(width * 0.95)))) for text, width in texts]
    return LINE * max([1, *lines]) + 3


def letter(column: int) -> str:
    """The letters of a column (from 1)."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)
