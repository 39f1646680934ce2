"""Writes a filled form as CSV, a row a fact. (docs/reference/form.md)"""

from __future__ import annotations

import csv
import io

from ..content import FormContent, Words, explained
from ..table_layout import CSV_COLUMNS, FORMULA, SLOT_COLUMNS, WORD_SEPARATOR
from ..vocabulary import Vocabulary


def to_csv(form: FormContent, vocabulary: Vocabulary) -> str:
    """A filled form as CSV (RFC 4180, UTF-8); `read_csv_form` gives the same description again."""
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, restval="")
    writer.writeheader()
    for question, words in form.head_rows():
        row = {"part": "programme", "question": question, "answer": _cell(words)}
        writer.writerow(row | explained(question, vocabulary))
    for group, facts in form.groups.items():
        if not facts:
            writer.writerow({"part": "group", "name": group})
        for question, words in facts.items():
            row = {"part": "group", "name": group, "question": question, "answer": _cell(words)}
            writer.writerow(row | explained(question, vocabulary))
    for question, slots in form.answers:
        cells = {SLOT_COLUMNS[name]: _cell(words) for name, words in slots.items()}
        row = {"part": "answer", "question": question} | cells
        writer.writerow(row | explained(question, vocabulary))
    return out.getvalue()


def _cell(words: Words) -> str:
    """The words of a cell; an apostrophe keeps a spreadsheet from running it as a formula."""
    text = f"{WORD_SEPARATOR} ".join(words)
    return f"'{text}" if FORMULA.match(text) else text
