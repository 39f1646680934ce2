"""How the form is laid out as a table, for those who read and those who write it.

A CSV file has a row for each fact; a workbook has the sheets Programme, Groups and Answers.
(docs/reference/form.md)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .slots import SLOTS

WORD_SEPARATOR = ";"
"""Stands between the words of a cell that has several."""

EXPLAINING = ("asked", "why", "choices")
"""Columns for the eyes of whoever fills the form in; no reader looks at them."""

SLOT_COLUMNS: Mapping[str, str] = {name: "answer" if name == "holds" else name for name in SLOTS}
"""The column of each slot of an answer."""

CSV_PARTS = ("programme", "group", "answer")
"""What a row of a CSV file can be about."""

CSV_COLUMNS = ("part", "name", "question", *SLOT_COLUMNS.values(), *EXPLAINING)

FORMULA = re.compile(r"'*[=+\-@\t]")
"""How a cell begins that a spreadsheet would run.

In CSV it is written with an apostrophe before it, which reading takes away.
"""

PROGRAMME, GROUPS, ANSWERS = "Programme", "Groups", "Answers"
SHEETS: Mapping[str, tuple[str, ...]] = {
    PROGRAMME: ("question", "answer"),
    GROUPS: ("question",),
    ANSWERS: ("question", *SLOT_COLUMNS.values()),
}
"""The columns of each sheet, beside those that explain; further columns of Groups are groups."""

READ_ME, CHOICES = "Read me", "Choices"
"""Sheets for the eyes of whoever fills the form in; no reader looks at them."""
