"""Writes the form to fill in as an XLSForm, which KoboToolbox and ODK read.

(docs/reference/xlsform.md) Needs the extra `xlsx` (openpyxl).
"""

from __future__ import annotations

import io
from collections.abc import Collection
from importlib.metadata import version
from typing import TYPE_CHECKING

from ...errors import InputError, MissingExtra
from ..content import EMPTY, FormContent
from ..relevance import UNKNOWN, Relevance
from ..vocabulary import Vocabulary
from ..xlsform_fields import MOST_GROUPS, XlsForm, xml_name
from ..xlsform_layout import lay_out
from .xlsx_cells import HEAD_FILL, dress, put

if TYPE_CHECKING:
    from openpyxl import Workbook

_SURVEY = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "choice_filter",
    "default",
)
_CHOICES = ("list_name", "name", "label", "number")
_OPTION = "--format xlsform"


def to_xlsform(
    vocabulary: Vocabulary,
    form: FormContent = EMPTY,
    questions: Collection[str] | None = None,
    relevance: Relevance = UNKNOWN,
) -> bytes:
    """An XLSForm that asks `questions` (keys; None: all), and begins with the groups of `form`.

    Raises MissingExtra without openpyxl, and InputError for what such a form cannot begin with.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtra(_OPTION, "openpyxl", "xlsx") from error
    _refuse(form, vocabulary)
    book = Workbook()
    book.remove(book.worksheets[0])
    release = version("hrge-kg")
    laid_out = lay_out(vocabulary, relevance, questions, form, release)
    title = form.head["title"][0] if form.head.get("title") else ""
    _write_survey(book, laid_out)
    _write_choices(book, laid_out)
    settings = {
        "form_title": title if form.head != EMPTY.head else "Describe a programme",
        "form_id": "hrge_programme",
        "version": release,
        "instance_name": "${title}",
    }
    _write(book, "settings", tuple(settings), [list(settings.values())])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _refuse(form: FormContent, vocabulary: Vocabulary) -> None:
    """Raise InputError for what a description says and an XLSForm cannot begin with."""
    left_out = [
        *(f"the answer to “{question}”" for question, slots in form.answers if slots),
        *(f"“{key}”" for key, words in form.head.items() if words and key == "without"),
        *(
            f"“{key}” of the group “{name}”"
            for name, facts in form.groups.items()
            for key, words in facts.items()
            if words and (key == "without" or _is_asked_otherwise(vocabulary, key))
        ),
    ]
    if len(form.groups) > MOST_GROUPS:
        left_out.append(f"more than {MOST_GROUPS} groups")
    if left_out:
        raise InputError(
            _OPTION,
            f"a form for phones cannot begin with {left_out[0]}",
            "Leave it out of the file that you name with --for, or name groups in words.",
        )


def _is_asked_otherwise(vocabulary: Vocabulary, key: str) -> bool:
    return key in vocabulary.dimensions and vocabulary.dimensions[key].asked_as is not None


def _write_survey(book: Workbook, form: XlsForm) -> None:
    rows = []
    for field in form.fields:
        kind = f"{field.type} {field.choices}".strip()
        row = {"type": kind, "name": field.name, "label": field.label, "hint": field.hint}
        row |= {"relevant": field.relevant, **field.more}
        if field.type == "end group":
            row["name"] = ""
        rows.append([row.get(name, "") for name in _SURVEY])
    _write(book, "survey", _SURVEY, rows)


def _write_choices(book: Workbook, form: XlsForm) -> None:
    rows = [
        [name, xml_name(key), label, str(number)]
        for name, choices in form.lists.items()
        for number, (key, label) in enumerate(choices, 1)
    ]
    _write(book, "choices", _CHOICES, rows)


def _write(book: Workbook, title: str, columns: tuple[str, ...], rows: list[list[str]]) -> None:
    sheet = book.create_sheet(title)
    for place, name in enumerate(columns, 1):
        dress(put(sheet, 1, place, name), bold=True, colour="FFFFFF", fill=HEAD_FILL)
        sheet.column_dimensions[sheet.cell(1, place).column_letter].width = 30
    for number, row in enumerate(rows, 2):
        for place, text in enumerate(row, 1):
            if text:
                put(sheet, number, place, text)
    sheet.freeze_panes = "A2"
