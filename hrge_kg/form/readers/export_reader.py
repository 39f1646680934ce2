"""Reads what KoboToolbox and ODK export of the form for phones: a programme in each row.

Values are known by name or by label. What was ticked stands in one column, in a column for each
choice, or in both. (docs/reference/xlsform.md)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from ...errors import InputError, Mistakes
from ...parsing.characters import fold_word
from ...parsing.files import is_short_name, quoted
from ...parsing.notes import Notes
from ..description import Description
from ..table_layout import WORD_SEPARATOR
from ..vocabulary import Vocabulary
from ..xlsform_fields import EXISTS, NAME, OTHERS, Field, Meaning
from .export_columns import Column, find_columns, plain, reviewed
from .nodes import read_nodes
from .tabular import ERROR, FORMULA, Cell, GroupFact, form_nodes

_TICKED = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_BLANK = ("n/a", "none", "nan", "null")
_REJECTED = ("rejected", "not-approved", "validation-status-not-approved")
"""What a column of the review says of a submission that is not to count, as `plain` makes it."""
_MOST_WAYS = 4
"""Ways to read a list of labels that are followed up; two are enough to refuse it."""


def read_export(
    header: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    file: str,
    vocabulary: Vocabulary,
    notes: Notes,
) -> list[Description]:
    """The descriptions in the rows of an export.

    Raises InputError for rows that cannot be used: all mistakes, each with row and column.
    """
    if not rows:
        raise InputError(
            file, "the export has no answers yet", "Export it again when somebody has answered."
        )
    mistakes = Mistakes()
    columns: dict[int, Column] = {}
    with mistakes.gathered():
        columns = find_columns(header, vocabulary, file, notes)
    mistakes.raise_found()
    described = []
    taken: set[str] = set()
    places = reviewed(header)
    for row in rows:
        _tell_rejected([row[place] for place in places if place < len(row)], notes)
        with mistakes.gathered():
            found = _Row(row, columns, file, vocabulary)
            described.append(found.description(taken, notes))
    mistakes.raise_found(by_line=True)
    told = notes.told()
    return [replace(one, notes=told) for one in described]


def _tell_rejected(review: Sequence[Cell], notes: Notes) -> None:
    """Tell that a row counts, which somebody rejected where the answers were collected."""
    for cell in review:
        if plain(cell.text) in _REJECTED:
            told = f"the row is marked {quoted(cell.text)}, and is read all the same"
            notes.add(told, line=cell.row, cell=cell.name)


class _Row:
    """One submission: the cells of its fields, by name, with keys for what was chosen."""

    def __init__(
        self,
        row: Sequence[Cell],
        columns: Mapping[int, Column],
        file: str,
        vocabulary: Vocabulary,
    ) -> None:
        self.file, self.vocabulary, self.line = file, vocabulary, row[0].row
        self.mistakes = Mistakes()
        self.fields: dict[str, Field] = {}
        self.cells: dict[str, Cell] = {}
        ticks: dict[str, list[tuple[Cell, str]]] = {}
        texts: dict[str, tuple[Cell, Column]] = {}
        for place, column in columns.items():
            name = column.field.name
            self.fields[name] = column.field
            cell = row[place] if place < len(row) else None
            if cell is None or not cell.text or _is_blank(cell, column):
                continue
            with self.mistakes.gathered():
                if cell.kind in (FORMULA, ERROR):
                    self.fail(cell, "this cell holds no value", "Export the answers again.")
                if column.choice is None:
                    texts[name] = cell, column
                else:
                    chosen = ticks.setdefault(name, [])
                    if self._is_ticked(cell):
                        chosen.append((cell, column.choice))
        for name in self.fields:
            with self.mistakes.gathered():
                self._take(name, texts.get(name), ticks.get(name))

    def description(self, taken: set[str], notes: Notes) -> Description:
        """The description; `taken` has the names of those before it, and gets its own."""
        head, groups = [], {}
        with self.mistakes.gathered():
            name = self._name(taken, notes)
            head = [(Cell("programme", self.line, name.name), name), *self._head()]
        with self.mistakes.gathered():
            groups = self._groups()
        facts, answers = list(self._facts(groups)), list(self._answers(groups))
        nodes = form_nodes(head, facts, answers)
        return read_nodes(
            nodes, self.file, self.vocabulary, self.mistakes, by_line=True, notes=notes
        )

    def fail(self, cell: Cell, problem: str, remedy: str) -> NoReturn:
        """Raise InputError at a cell."""
        raise InputError(self.file, f"{cell.name}: {problem}", remedy, line=cell.row)

    # what was chosen

    def _is_ticked(self, cell: Cell) -> bool:
        ticked = _TICKED.get(cell.text.lower())
        if ticked is None:
            self.fail(
                cell,
                f"{quoted(cell.text)} does not say whether this is ticked",
                "Such a column has 1 and 0, or TRUE and FALSE.",
            )
        return ticked

    def _take(
        self,
        name: str,
        text: tuple[Cell, Column] | None,
        ticks: list[tuple[Cell, str]] | None,
    ) -> None:
        """Keep the value of a field. What was ticked may stand in one column, or in several."""
        ticked = [choice for _, choice in ticks or ()]
        if text is None:
            if ticks:
                self._keep(name, ticks[0][0], ticked)
            return
        cell, column = text
        if column.labels is None:
            self.cells[name] = cell
            return
        chosen = self._chosen(cell, column)
        if chosen is None and ticks is None:
            self.fail(
                cell,
                f"{quoted(cell.text)} is not among the choices",
                "Export the answers again: with names (XML values), or with a column for each "
                "choice.",
            )
        if chosen is not None and ticks is not None and set(chosen) != set(ticked):
            self.fail(
                cell,
                f"{quoted(cell.text)} is not what the columns of the choices say",
                "Export the answers again, and change nothing in the export.",
            )
        self._keep(name, cell, ticked if chosen is None else chosen)

    def _keep(self, name: str, cell: Cell, keys: Sequence[str]) -> None:
        if keys:
            text = f"{WORD_SEPARATOR} ".join(keys)
            self.cells[name] = Cell(text, cell.row, cell.name)

    def _chosen(self, cell: Cell, column: Column) -> list[str] | None:
        """The choices (keys) that a cell names; None if it is not clear which."""
        labels = column.labels or {}
        whole = labels.get(plain(cell.text))
        if whole or not column.field.several:
            return [whole] if whole else None
        words = [word for word in re.split(r"[\s,;|]+", fold_word(cell.text).text) if word]
        ways = list(_ways([plain(word) for word in words], labels))
        return list(ways[0]) if len(ways) == 1 else None

    # the description

    def _name(self, taken: set[str], notes: Notes) -> Cell:
        """The name of the programme: as given, or made of its title."""
        given, title = self.cells.get("short_name"), self.cells.get("title")
        cell = given or title
        if cell is None:
            raise InputError(
                self.file,
                "column “title”: the title of the programme is missing",
                "Give it a title in the form, or in the export.",
                line=self.line,
            )
        name = fold_word(cell.text).text.strip() if given else _short_name(cell.text, "programme")
        number = 2
        unique = name
        while unique in taken:
            unique, number = f"{name}-{number}", number + 1
        if unique != name:
            told = f"another row is called “{name}” too; this one is read as “{unique}”"
            notes.add(told, line=self.line)
        taken.add(unique)
        return Cell(unique, cell.row, cell.name)

    def _head(self) -> Iterator[tuple[Cell, Cell]]:
        for name, meaning in self._means("head"):
            if meaning.key != "programme":
                cell = self.cells[name]
                yield Cell(meaning.key, cell.row, cell.name), cell

    def _groups(self) -> dict[int, Cell]:
        """The names of the groups by their numbers. There is always one, whom answers are about."""
        names: dict[int, Cell] = {}
        for name, meaning in self._means("group"):
            cell = self.cells[name]
            if meaning.key == NAME:
                text = _short_name(cell.text, f"group-{meaning.group}")
                names[meaning.group] = replace(cell, text=text, kind="text")
            elif meaning.key != EXISTS or cell.text == "yes":
                unnamed = Cell(f"group-{meaning.group}", cell.row, cell.name)
                names.setdefault(meaning.group, unnamed)
        names.setdefault(1, Cell("group-1", self.line, "column “g1_name”"))
        by_name: dict[str, Cell] = {}
        for cell in names.values():
            if cell.text in by_name:
                self.fail(
                    cell,
                    f"two groups are called “{cell.text}” ({by_name[cell.text].name})",
                    "Give each a name of its own.",
                )
            by_name[cell.text] = cell
        return names

    def _facts(self, groups: Mapping[int, Cell]) -> Iterator[GroupFact]:
        for cell in groups.values():
            yield GroupFact(cell, None, None)
        for name, meaning in self._means("group"):
            if meaning.key not in (NAME, EXISTS):
                cell = self.cells[name]
                question = Cell(meaning.key, cell.row, cell.name)
                if meaning.group in groups:
                    yield GroupFact(groups[meaning.group], question, cell)

    def _answers(self, groups: Mapping[int, Cell]) -> Iterator[tuple[Cell, dict[str, Cell]]]:
        given: dict[str, dict[str, Cell]] = {}
        for name, meaning in self._means("answer"):
            given.setdefault(meaning.key, {})[meaning.slot] = self.cells[name]
        for key, slots in given.items():
            first = next(iter(slots.values()))
            with self.mistakes.gathered():
                if "holds" not in slots:
                    self.fail(
                        first,
                        f"the answer to “{key}” itself is missing",
                        "Answer the question, or empty this cell.",
                    )
                question = Cell(key, slots["holds"].row, slots["holds"].name)
                others = slots.pop(OTHERS, None)
                named = self._named(slots.get("for"), groups)
                if named:
                    slots["for"] = replace(slots["for"], text=_joined(named))
                yield question, slots
                if others:
                    left = [one.text for one in groups.values() if one.text not in named]
                    if not named or not left:
                        self.fail(
                            others,
                            "it is not said who the other groups are",
                            "Say in the column before it for whom the answer is.",
                        )
                    yield question, {"holds": others, "for": replace(others, text=_joined(left))}

    def _named(self, cell: Cell | None, groups: Mapping[int, Cell]) -> list[str]:
        """The names of the groups that are ticked."""
        names = []
        for word in (cell.text if cell else "").split(WORD_SEPARATOR):
            if cell is not None and word:
                number = int(word.strip().removeprefix("g"))
                if number not in groups:
                    self.fail(
                        cell, f"group {number} is not described", "Say who is in it, or untick it."
                    )
                names.append(groups[number].text)
        return names

    def _means(self, part: str) -> Iterator[tuple[str, Meaning]]:
        """The fields of a part in which something stands, and what they mean."""
        for name in self.cells:
            meaning = self.fields[name].means
            if meaning is not None and meaning.part == part:
                yield name, meaning


def _ways(words: Sequence[str], labels: Mapping[str, str]) -> set[tuple[str, ...]]:
    """The choices (keys) that words can name, one after another, by key or by label: all ways.

    >>> _ways(["hiv", "test", "other"], {"hiv-test": "hiv", "other": "other"})
    {('hiv', 'other')}
    >>> len(_ways(["a", "b"], {"a": "one", "b": "two", "a-b": "both"}))
    2
    """
    ways: list[set[tuple[str, ...]]] = [{()}]
    longest = max((name.count("-") + 1 for name in labels), default=0)
    for end in range(1, len(words) + 1):
        ways.append(
            {
                (*before, key)
                for start in range(max(0, end - longest), end)
                if (key := labels.get("-".join(words[start:end])))
                for before in itertools.islice(ways[start], _MOST_WAYS)
            }
        )
    return ways[-1]


def _short_name(text: str, otherwise: str) -> str:
    """A text as a short name of the form.

    >>> _short_name("Women and girls", "x"), _short_name("Приют", "x")
    ('women-and-girls', 'x')
    """
    name = re.sub(r"[^a-z0-9]+", "-", text.strip().lower()).strip("-")[:60].strip("-")
    return name if is_short_name(name) else otherwise


def _is_blank(cell: Cell, column: Column) -> bool:
    """Whether a program wrote for a blank cell that there is nothing in it."""
    word = plain(cell.text)
    return column.labels is not None and word in _BLANK and word not in column.labels


def _joined(names: Sequence[str]) -> str:
    return f"{WORD_SEPARATOR} ".join(names)
