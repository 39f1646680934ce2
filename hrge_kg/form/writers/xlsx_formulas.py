"""The formulas of a workbook: which words a cell holds, and whom a question concerns.

They follow what the reader does, as far as a spreadsheet can; the reader decides.
"""

from __future__ import annotations

from collections.abc import Iterable

DONE, OPEN, APART, MEND = "answered", "open", "not about your groups", "mend: "
"""What the column Check of the sheet Questions can say; after MEND stands what."""


def parts(cell: str) -> str:
    """The words of a cell between semicolons, without spaces around them, as one text."""
    return f'";"&SUBSTITUTE(SUBSTITUTE(TRIM({cell}),"; ",";")," ;",";")&";"'


def all_among(cell: str, names: Iterable[str]) -> str:
    """Whether every word of a cell is among the words of some ranges; not for a blank cell."""
    words = parts(cell)
    hits = "+".join(
        f'SUMPRODUCT(({one}<>"")*ISNUMBER(SEARCH(";"&{one}&";",{words})))' for one in names
    )
    return f'({hits})>=(LEN({words})-LEN(SUBSTITUTE({words},";",""))-1)'


def is_blank(cell: str) -> str:
    """Whether nothing is written in a cell."""
    return f'TRIM({cell})=""'


def refused(cell: str, names: Iterable[str]) -> str:
    """Whether a cell holds a word that is not among those of some ranges."""
    return f"AND(NOT({is_blank(cell)}),NOT({all_among(cell, names)}))"


def excluded(cell: str, names: str | None, complete: str | None, *, blank: bool) -> str:
    """Whether the answer in a cell takes a question out; `complete` is the cell of `only`."""
    named = f"AND(NOT({is_blank(cell)}),{all_among(cell, [names])})" if names else "FALSE"
    said = f"IF({is_blank(cell)},{'TRUE' if blank else 'FALSE'},{named})"
    return f'AND(LOWER(TRIM({complete}))="yes",{said})' if complete else said


def status(
    answer: str,
    answers: str,
    others: str,
    concerns: str,
    mended: Iterable[tuple[str, str]],
) -> str:
    """What a row of Questions lacks: `mended` has conditions and what to mend if they hold."""
    found = f'"{DONE}"'
    for condition, what in reversed(list(mended)):
        found = f'IF({condition},"{MEND}{what}",{found})'
    blank = f'IF(COUNTA({others})>0,"{MEND}the answer itself",IF({concerns},"{OPEN}","{APART}"))'
    return (
        f"IF({is_blank(answer)},{blank},"
        f'IF(COUNTIF({answers},TRIM({answer}))=0,"{MEND}the answer",{found}))'
    )
