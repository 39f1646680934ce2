"""The hidden sheets of a workbook: the words of drop-down lists, and whom questions concern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..relevance import COMPLETE, Exclusion, Relevance
from ..vocabulary import Vocabulary
from ..wording import choices
from .xlsx_cells import letter, put, put_formula
from .xlsx_formulas import excluded

if TYPE_CHECKING:
    from openpyxl import Workbook

CHOICES, REACH = "Choices", "Reach"

Choice = tuple[str, str, str]
"""A word as a key and as a label, and what it means."""


class Lists:
    """The sheet Choices: a column for each list of words."""

    def __init__(self, book: Workbook) -> None:
        self._sheet = book.create_sheet(CHOICES)
        self._sheet.sheet_state = "hidden"
        self._ranges: dict[tuple[str, ...], str] = {}

    def labels(self, offered: list[Choice]) -> str:
        """The range of the labels of some choices."""
        return self.range(tuple(label for _, label, _ in offered))

    def names(self, offered: list[Choice]) -> str:
        """The range of all names by which hrge reads some choices."""
        by_small = {
            name.lower(): name for key, label, _ in offered for name in (key, label) if name
        }
        return self.range(tuple(by_small.values()))

    def range(self, words: tuple[str, ...]) -> str:
        """The range of some words, which stand below each other."""
        if words not in self._ranges:
            place = len(self._ranges) + 1
            for row, word in enumerate(words, 1):
                put(self._sheet, row, place, word)
            column = letter(place)
            self._ranges[words] = f"{CHOICES}!${column}$1:${column}${max(1, len(words))}"
        return self._ranges[words]


@dataclass(frozen=True)
class Places:
    """Where facts stand: the cells of the programme's by key, the rows of the groups' by key."""

    programme: dict[str, str] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    first: int = 1
    last: int = 1
    """The first and last column of a group."""


class Reach:
    """The sheet Reach: a row for each fact that takes questions out, and for what it takes out."""

    def __init__(
        self,
        book: Workbook,
        sheet_of_groups: str,
        places: Places,
        lists: Lists,
        vocabulary: Vocabulary,
    ) -> None:
        self._sheet = book.create_sheet(REACH)
        self._sheet.sheet_state = "hidden"
        self._groups, self._places = sheet_of_groups, places
        self._lists, self._vocabulary = lists, vocabulary
        self._rows: dict[object, int] = {}

    def concerns(self, relevance: Relevance, question: str) -> str:
        """A cell that says whether a question concerns some group; TRUE if it always does."""
        of_group = relevance.of_group.get(question, frozenset())
        of_programme = relevance.of_programme.get(question, frozenset())
        if not of_group and not of_programme:
            return "TRUE"
        key = (of_group, of_programme)
        if key not in self._rows:
            self._concerned(key, of_group, of_programme)
        return f"{REACH}!$A${self._rows[key]}"

    def _concerned(
        self,
        key: object,
        of_group: frozenset[Exclusion],
        of_programme: frozenset[Exclusion],
    ) -> None:
        rows = [self._row(one) for one in _ordered(of_group)]
        tests = [self._test(one, self._places.programme) for one in _ordered(of_programme)]
        row = self._new_row(key)
        columns = range(self._places.first, self._places.last + 1)
        for column in columns:
            cell = letter(column)
            out = ",".join(f"{cell}{one}" for one in rows) or "FALSE"
            name = f"{self._groups}!{cell}$1"
            put_formula(self._sheet, row, column, f'AND({name}<>"",NOT(OR({out})))')
        first, last = letter(columns[0]), letter(columns[-1])
        none = f"COUNTA({self._groups}!${first}$1:${last}$1)=0"
        some = f"OR({none},OR({first}{row}:{last}{row}))"
        put_formula(self._sheet, row, 1, f"AND({some},NOT(OR({','.join(tests) or 'FALSE'})))")

    def _row(self, one: Exclusion) -> int:
        """The row that says of each group whether an exclusion holds."""
        if one not in self._rows:
            row = self._new_row(one)
            for column in range(self._places.first, self._places.last + 1):
                cells = {
                    key: f"{self._groups}!{letter(column)}${place}"
                    for key, place in self._places.groups.items()
                }
                put_formula(self._sheet, row, column, self._test(one, cells))
        return self._rows[one]

    def _new_row(self, key: object) -> int:
        self._rows[key] = len(self._rows) + 1
        return self._rows[key]

    def _test(self, one: Exclusion, cells: Mapping[str, str]) -> str:
        cell = cells.get(one.dimension)
        complete = cells.get(COMPLETE) if one.complete else None
        if cell is None or (one.complete and complete is None):
            return "FALSE"
        named = [
            choice for choice in choices(self._vocabulary, one.dimension) if choice[0] in one.words
        ]
        names = self._lists.names(named) if named else None
        return excluded(cell, names, complete, blank="" in one.words)


def _ordered(exclusions: frozenset[Exclusion]) -> list[Exclusion]:
    return sorted(exclusions, key=lambda one: (one.dimension, one.complete, sorted(one.words)))
