"""Writes a filled form as CSV, a row a fact. (docs/reference/form.md)"""

from __future__ import annotations

import csv
import io

from ..content import FormContent, explained
from ..readers.csv_reader import _FORMULA, COLUMNS
from ..readers.tabular import BETWEEN
from ..vocabulary import Vocabulary


def to_csv(filled: FormContent, vocabulary: Vocabulary) -> str:
    """A filled form as CSV (RFC 4180, UTF-8); `read_csv_form` gives the same description again."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for question, words in filled.head_rows():
        writer.writerow(
            {
                "part": "programme",
                "question": question,
                "answer": _cell(words),
                **explained(question, vocabulary),
            }
        )
    for group, facts in filled.groups.items():
        if not facts:
            writer.writerow({"part": "group", "name": group})
        for question, words in facts.items():
            row = {"part": "group", "name": group, "question": question, "answer": _cell(words)}
            writer.writerow(row | explained(question, vocabulary))
    for question, given in filled.answers:
        row = {"part": "answer", "question": question} | {
            "answer" if name == "holds" else name: _cell(words) for name, words in given.items()
        }
        writer.writerow(row | explained(question, vocabulary))
    return out.getvalue()


def _cell(words: tuple[str, ...]) -> str:
    text = f"{BETWEEN} ".join(words)
    return f"'{text}" if _FORMULA.match(text) else text
