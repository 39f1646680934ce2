"""How the form is laid out as a table, for the modules that read and write it.

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
"""Columns that help people to fill in the form; hrge does not read them."""

SLOT_COLUMNS: Mapping[str, str] = {name: "answer" if name == "holds" else name for name in SLOTS}
"""The column of each slot of an answer."""

CSV_PARTS = ("programme", "group", "answer")
"""What a row of a CSV file can be about."""

CSV_COLUMNS = ("part", "name", "question", *SLOT_COLUMNS.values(), *EXPLAINING)

FORMULA = re.compile(r"'*[=+\-@\t]")
"""The beginning of a cell that a spreadsheet would take for a formula.

In CSV hrge writes an apostrophe before such a cell, and removes it when it reads the file.
"""

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
CHANGED = re.compile(
    rf"'*([0-9]+([-/.][0-9]+){{1,2}}|0[0-9]+|[0-9]+e[0-9]+"
    rf"|({_MONTHS})[a-z]*-[0-9]+|[0-9]+-({_MONTHS})[a-z]*)",
    re.IGNORECASE,
)
"""A whole name out of which a spreadsheet would make a date or a number; in CSV as the former."""

SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(?P<separator>[,;\t|])\"?[ \t]*\r?\n", re.IGNORECASE)
"""The first line of a CSV file that some programs write, for a spreadsheet."""

START, GROUPS, QUESTIONS = "Start here", "Groups", "Questions"
PROGRAMME, ANSWERS = "Programme", "Answers"
OLDER: Mapping[str, str] = {PROGRAMME: START, ANSWERS: QUESTIONS}
"""Sheets of older workbooks, which are read too, by what they are called now."""

SHEETS: Mapping[str, tuple[str, ...]] = {
    START: ("question", "answer"),
    GROUPS: ("question",),
    QUESTIONS: ("question", *SLOT_COLUMNS.values()),
}
"""The columns of each sheet that are read, besides KEY. In Groups each further column is a group.

Older workbooks have a key of a question where newer ones have its words.
"""

KEY = "key"
"""The column with the keys of the questions. Where it is blank, the words say what is asked."""

CHECK = "Check"
HELPING = (*EXPLAINING, "topic", "check", "how to answer")
"""Columns of a workbook that help people to fill it in; hrge does not read them."""

IGNORED = ("Read me", CHECK, "Choices", "Reach")
"""Sheets that help people to fill in the form; hrge does not read them."""

HEADINGS: Mapping[str, str] = {
    "answer": "Answer",
    "of": "Which of these",
    "for": "For whom",
    "level": "Rule or practice",
    "frequency": "How often, or for how many",
    "ground": "On what ground",
    "condition": "Only if",
    "reviewer": "Who looks at it again",
    "claims": "Said to be met",
    "denies": "Said not to be met",
    "since": "Since",
    "until": "Until",
    "quantity": "Number",
    "unit": "What the number counts",
    "by": "Who says so",
    "on": "Said on",
}
"""What the columns of an answer are called in a workbook; hrge also reads their short names."""

COLUMN_NAMES: Mapping[str, str] = {name.lower(): column for column, name in HEADINGS.items()}
