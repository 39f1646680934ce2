"""Finds out what the columns of an export of the form for phones mean.

They are known by the names of their fields or by their questions, with or without the groups of the
form before them; and by a choice after them, where each choice has a column of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...errors import InputError
from ...parsing.characters import fold_word
from ...parsing.files import quoted
from ...parsing.notes import Notes
from ...suggest import plain_key
from ..vocabulary import FormerTerm, Vocabulary
from ..xlsform_fields import ALL_TOPICS, ALL_TOPICS_ASKED, MARK, REACH, Field, XlsForm, xml_name
from ..xlsform_layout import lay_out
from .tabular import Cell

_PATH = re.compile(r"[A-Za-z0-9_]+([/.:-][A-Za-z0-9_]+)*")
_THEIRS = frozenset(
    [
        "start",
        "end",
        "today",
        "deviceid",
        "subscriberid",
        "simserial",
        "phonenumber",
        "username",
        "email",
        "audit",
        "submissiondate",
        "submitterid",
        "submittername",
        "attachmentspresent",
        "attachmentsexpected",
        "status",
        "reviewstate",
        "devicename",
        "edits",
        "formversion",
        "key",
        "instanceid",
        "instancename",
        "meta",
        "version",
        "uuid",
    ]
)
"""Columns that KoboToolbox and ODK add of their own; so are all that begin with _."""

_REVIEWED = frozenset(["reviewstate", "_validation_status"])
"""Columns in which ODK Central and KoboToolbox say what became of a submission."""


def is_export(header: Sequence[str]) -> bool:
    """Whether the first row of a table is that of an export of the form for phones.

    >>> is_export(["start", "hrge_form", "programme/title"]), is_export(["part", "question"])
    (True, False)
    """
    return any(_tokens(text)[-1:] == [MARK] for text in header)


@dataclass(frozen=True)
class Column:
    """The field of a column, its choices (keys) by key and label, and of a column for one choice
    also which (key).
    """

    field: Field
    labels: Mapping[str, str] | None
    choice: str | None = None


def find_columns(
    header: Sequence[Cell], vocabulary: Vocabulary, file: str, notes: Notes
) -> dict[int, Column]:
    """What the columns mean, by their places; without those that mean nothing."""
    known = _Known(lay_out(vocabulary), vocabulary)
    columns: dict[int, Column] = {}
    seen: dict[tuple[str, str | None], Cell] = {}
    for place, cell in enumerate(header):
        if not cell.text:
            continue
        found = known.find(cell)
        if found is None:
            if not _is_helping(cell.text):
                told = f"the column {quoted(cell.text)} is none of the form, and is not read"
                notes.add(told, line=cell.row)
            continue
        if found.field.means is None:
            continue
        name = (found.field.name, found.choice)
        if name in seen:
            raise InputError(
                file,
                f"{cell.name}: the column is there twice, also as {seen[name].name}",
                "Keep one of them.",
                line=cell.row,
            )
        seen[name] = cell
        columns[place] = found
    return columns


class _Known:
    """The columns that an export can have, by name and by question."""

    def __init__(self, form: XlsForm, vocabulary: Vocabulary) -> None:
        self._by_name = {field.name: field for field in form.fields if field.type != "end group"}
        self._by_label = {
            plain(field.label): field for field in form.fields if field.type != "begin group"
        }
        helps = Field("calculate", ALL_TOPICS)
        self._by_name.setdefault(ALL_TOPICS, helps)
        self._by_label.setdefault(plain(ALL_TOPICS_ASKED), helps)
        self._choices: dict[str, dict[str, str]] = {
            name: {plain_key(label): key for key, label in choices}
            | {key: key for key, _ in choices}
            for name, choices in form.lists.items()
        }

        for former in vocabulary.former.values():
            self._add_former(former, form, vocabulary)

    def _add_former(self, former: FormerTerm, form: XlsForm, vocabulary: Vocabulary) -> None:
        """Know what an earlier version had; the reader of nodes says what became of it."""
        keys = {one.iri: one.key for one in vocabulary.aspects.values()}
        keys |= {one.iri: one.key for one in vocabulary.dimensions.values()}
        now = [keys[iri] for iri in former.replaced_by if iri in keys]
        for field in form.fields if now else ():
            if field.means and field.means.key == now[0]:
                name = field.name.replace(xml_name(now[0]), xml_name(former.key), 1)
                means = replace(field.means, key=former.key)
                self._by_name.setdefault(name, replace(field, name=name, means=means))
        words = {one.key for one in vocabulary.concepts.values() if one.iri in former.replaced_by}
        for offered in self._choices.values():
            if words.intersection(offered.values()):
                offered.setdefault(former.key, former.key)
                offered.setdefault(plain_key(former.label), former.key)

    def find(self, cell: Cell) -> Column | None:
        """What a column means; None if it is none of the form."""
        tokens = _tokens(cell.text)
        # A choice may have the name of a field.
        before = self._by_name.get(tokens[-2]) if len(tokens) > 1 else None
        if before and before.several:
            return self._choice(before, tokens[-1])
        if tokens and tokens[-1] in self._by_name:
            return self._column(self._by_name[tokens[-1]])
        return self._by_question(cell)

    def _by_question(self, cell: Cell) -> Column | None:
        """The same for a column that is named in words, perhaps with those of its groups before
        it, and a choice after it.
        """
        parts = cell.text.split("/")
        for start in range(len(parts)):
            for end in range(len(parts), start, -1):
                field = self._by_label.get(plain("/".join(parts[start:end])))
                if field and end == len(parts):
                    return self._column(field)
                if field:
                    return self._choice(field, "/".join(parts[end:]))
        return None

    def _column(self, field: Field) -> Column:
        return Column(field, self._choices.get(field.choices))

    def _choice(self, field: Field, choice: str) -> Column | None:
        offered = self._choices.get(field.choices, {})
        key = offered.get(plain(choice))
        return Column(field, offered, key) if field.several and key else None


def _tokens(text: str) -> list[str]:
    """The names in the path of a column; none if it is no path."""
    text = fold_word(text).text.strip()
    return re.split(r"[/.:-]", text.lower()) if _PATH.fullmatch(text) else []


def plain(text: str) -> str:
    """A word as names and labels are compared."""
    return plain_key(fold_word(text).text)


def reviewed(header: Sequence[Cell]) -> list[int]:
    """The places of the columns that say whether somebody rejected a submission."""
    return [place for place, cell in enumerate(header) if _REVIEWED & set(_tokens(cell.text)[-1:])]


def _is_helping(text: str) -> bool:
    """Whether a column is there for the form or for the program that exports it."""
    last = (_tokens(text) or [""])[-1]
    return last.startswith(("_", f"{REACH}_")) or last in _THEIRS
