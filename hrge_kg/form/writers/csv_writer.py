"""Writes a filled form as CSV, one row for each fact. (docs/reference/form.md)"""

from __future__ import annotations

import csv
import io

from ..content import FormContent, Words, explained
from ..slots import SLOTS
from ..table_layout import CHANGED, CSV_COLUMNS, FORMULA, SLOT_COLUMNS, WORD_SEPARATOR
from ..vocabulary import Vocabulary


def to_csv(form: FormContent, vocabulary: Vocabulary) -> str:
    """A filled form as CSV (RFC 4180, UTF-8); `read_csv` gives the same description again.

    A byte order mark comes first: without one, spreadsheets take UTF-8 for another encoding.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, restval="")
    writer.writeheader()
    for question, words in form.head_rows():
        cell = _cell(words, name=question in ("programme", "title"))
        row = {"part": "programme", "question": question, "answer": cell}
        writer.writerow(row | _explained(question, vocabulary))
    for group, facts in form.groups.items():
        named = {"part": "group", "name": _cell((group,))}
        if not facts:
            writer.writerow(named)
        for question, words in facts.items():
            row = named | {"question": question, "answer": _cell(words)}
            writer.writerow(row | _explained(question, vocabulary))
    for question, slots in form.answers:
        cells = {
            SLOT_COLUMNS[name]: _cell(words, name=SLOTS[name].kind == "people")
            for name, words in slots.items()
        }
        row = {"part": "answer", "question": question} | cells
        writer.writerow(row | _explained(question, vocabulary))
    return "\ufeff" + out.getvalue()


def _explained(question: str, vocabulary: Vocabulary) -> dict[str, str]:
    """What a row asks, with separators that every encoding has."""
    return {
        column: text.replace(" · ", " | ")
        for column, text in explained(question, vocabulary).items()
    }


def _cell(words: Words, *, name: bool = True) -> str:
    """The words of a cell.

    An apostrophe keeps a spreadsheet from running it as a formula, or from making a date of a name.
    """
    text = f"{WORD_SEPARATOR} ".join(words)
    return f"'{text}" if FORMULA.match(text) or (name and CHANGED.fullmatch(text)) else text
