"""Lays a table out as text: a line for each row; if that is too wide, its words wrapped; if the
columns still do not fit, a card for each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .cells import cell_text, is_numeric, one_line
from .model import Table, row_count

_GAP = 2
_NARROWEST = 16
"""Characters of a column of words, unless all of its words are shorter."""
_LEAST_CARD = 20
"""Characters of a line of a card, beside the names of the columns."""


def laid_out(table: Table, cut: int | None, width: int | None = None) -> str:
    """A table as text, with cells of at most `cut` characters and lines of at most `width`.

    A card shows its cells whole: it has the room.
    """
    count = row_count(table)
    title = one_line(table.title)
    closing = f"{title}: {count}" if title else count
    rows = [list(table.columns), *_cells(table, cut)]
    natural = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths = natural if width is None else _widths(table, rows, natural, width)
    lines = _cards(table, width or 0) if widths is None else _lines(table, rows, widths)
    end = [closing] if width is None else _wrapped(closing, width)
    return "\n".join([*lines, "", *end]) + "\n"


def _cells(table: Table, cut: int | None) -> list[list[str]]:
    return [
        [
            cell_text(cell, name in table.lists, cut)
            for name, cell in zip(table.columns, row, strict=True)
        ]
        for row in table.terms
    ]


def _widths(
    table: Table, rows: list[list[str]], natural: list[int], width: int
) -> list[int] | None:
    """The widths of the columns, of which those with words share what is left; None if too little
    is left.
    """
    room = width - _GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    columns = list(zip(*rows, strict=True))
    least = [
        min(wide, max(_NARROWEST, *(len(word) for cell in column for word in cell.split(" "))))
        for wide, column in zip(natural, columns, strict=True)
    ]
    spare = room - sum(least)
    if spare < 0 or not table.terms:
        return None
    wanted = sum(natural) - sum(least)
    return [low + spare * (wide - low) // wanted for wide, low in zip(natural, least, strict=True)]


def _lines(table: Table, rows: list[list[str]], widths: Sequence[int]) -> Iterator[str]:
    numeric = [is_numeric(table, name) for name in table.columns]
    for number, row in enumerate(rows):
        parts = [_wrapped(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for index in range(max(map(len, parts), default=1)):
            line = [part[index] if index < len(part) else "" for part in parts]
            yield (
                (" " * _GAP)
                .join(
                    cell.rjust(wide) if is_number else cell.ljust(wide)
                    for cell, wide, is_number in zip(line, widths, numeric, strict=True)
                )
                .rstrip()
            )
        if number == 0:
            yield (" " * _GAP).join("-" * wide for wide in widths)


def _cards(table: Table, width: int) -> Iterator[str]:
    """A card for each row: its first cell, then a line for each cell that is not blank."""
    indent = max(map(len, table.columns)) + 2 * _GAP
    for number, row in enumerate(_cells(table, None)):
        if number:
            yield ""
        first, *others = zip(table.columns, row, strict=True)
        called = " ".join(first) if is_numeric(table, first[0]) else first[1]
        yield from _wrapped(called, max(width, _LEAST_CARD))
        for name, cell in others:
            if cell:
                lines = _wrapped(cell, max(width - indent, _LEAST_CARD))
                yield f"{' ' * _GAP}{name}".ljust(indent) + lines[0]
                yield from (" " * indent + line for line in lines[1:])


def _wrapped(text: str, width: int) -> list[str]:
    if len(text) <= width:
        return [text]
    import textwrap  # seldom needed

    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
