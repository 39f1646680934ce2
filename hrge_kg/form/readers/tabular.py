"""Makes the nodes of a form out of the cells of a table.

So the same code reads a spreadsheet and YAML. Each node knows its cell; messages name it.
(docs/reference/form.md)

>>> node = scalar(Cell("yes", 7, "Answers!D7"))
>>> node.value, cell_of(node)
('yes', 'Answers!D7')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import yaml

from ...parsing.characters import fold_word
from ..table_layout import WORD_SEPARATOR


@dataclass(frozen=True)
class Cell:
    """A cell: its text, its row (1 first), its name as messages give it, and the kind of its value.

    The kinds are those of KINDS; what a spreadsheet made of what was typed is not always text.
    """

    text: str
    row: int
    name: str
    kind: str = "text"

    @property
    def word(self) -> str:
        """The text as a word of the form, to compare; the reader of nodes tells what it folds."""
        return fold_word(self.text).text.strip()


KINDS = ("text", "number", "percent", "date", "boolean")
"""What the value of a cell can be, in the terms of a spreadsheet."""

FORMULA, ERROR = "formula", "error"
"""What stands in a cell in place of a value; no cell that is read can hold it."""


@dataclass(frozen=True)
class GroupFact:
    """A fact about a group, as three cells: its name, the question and the answer.

    Without a question it says just that the group exists.
    """

    group: Cell
    question: Cell | None
    answer: Cell | None


class CellMark(yaml.Mark):
    """The place of a node that was made from a cell."""

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell.name, 0, cell.row - 1, 0, None, 0)
        self.cell = cell.name
        self.kind = cell.kind


def cell_of(node: yaml.Node | yaml.Event) -> str | None:
    """The name of the cell from which a node comes; None where it comes from a text."""
    return node.start_mark.cell if isinstance(node.start_mark, CellMark) else None


def kind_of(node: yaml.Node) -> str:
    """The kind of the cell from which a node comes; a word of a text is text."""
    return node.start_mark.kind if isinstance(node.start_mark, CellMark) else "text"


def cell_text(text: str) -> str:
    """The text of a cell without white space around it; empty where nothing in it shows.

    >>> cell_text(" a\\u00a0"), cell_text("\\u200b")
    ('a', '')
    """
    return text.strip() if fold_word(text).text.strip() else ""


def scalar(cell: Cell, text: str | None = None) -> yaml.ScalarNode:
    """The word in a cell, or this part of it, as if it were written in YAML without quotes.

    An empty cell is left blank.
    """
    value = (cell.text if text is None else text).strip()
    resolve: Callable[..., str] = yaml.SafeLoader("").resolve
    tag = resolve(yaml.ScalarNode, value, (True, False))
    # In YAML these two mean blank; a cell that holds them is not blank, so its node is quoted.
    quoted = value in ("~", "null")
    return yaml.ScalarNode(tag, value, CellMark(cell), CellMark(cell), '"' if quoted else None)


def words(cell: Cell) -> yaml.Node:
    """The words of a cell, with WORD_SEPARATOR between them.

    >>> [one.value for one in words(Cell("women; girls", 1, "A1")).value]
    ['women', 'girls']
    """
    parts = [part for part in cell.text.split(WORD_SEPARATOR) if part.strip()]
    if len(parts) < 2:
        return scalar(cell, parts[0] if parts else None)
    return yaml.SequenceNode(
        "tag:yaml.org,2002:seq",
        [scalar(cell, part) for part in parts],
        CellMark(cell),
        CellMark(cell),
    )


def mapping(pairs: Iterable[tuple[yaml.Node, yaml.Node]], at: Cell) -> yaml.MappingNode:
    """A mapping of these keys and values. FormReader reports equal keys, not this function."""
    return yaml.MappingNode("tag:yaml.org,2002:map", list(pairs), CellMark(at), CellMark(at))


def form_nodes(
    head: Iterable[tuple[Cell, Cell]],
    groups: Iterable[GroupFact],
    answers: Iterable[tuple[Cell, Mapping[str, Cell]]],
) -> yaml.MappingNode:
    """The root of a form, from the rows of its tables.

    `head` has questions about the programme with their answers, `answers` a question and the cells
    of its slots. `answered-on` and its like become the keys below `answered`.
    """
    start = Cell("", 1, "")
    pairs: list[tuple[yaml.Node, yaml.Node]] = []
    defaults: list[tuple[yaml.Node, yaml.Node]] = []
    for question, answer in head:
        key = question.word
        if key.startswith("answered-"):
            below = scalar(question, key.removeprefix("answered-"))
            defaults.append((below, words(answer)))
        elif key in ("programme", "title"):
            pairs.append((scalar(question), scalar(answer)))
        else:
            pairs.append((scalar(question), words(answer)))
    if defaults:
        pairs.append((scalar(start, "answered"), mapping(defaults, start)))
    pairs.append((scalar(start, "groups"), _groups(groups, start)))
    pairs.append((scalar(start, "answers"), _answers(answers, start)))
    return mapping(pairs, start)


def _groups(facts: Iterable[GroupFact], start: Cell) -> yaml.MappingNode:
    """The groups by name, each with its facts."""
    first_cells: dict[str, Cell] = {}
    pairs: dict[str, list[tuple[yaml.Node, yaml.Node]]] = {}
    for fact in facts:
        name = fact.group.word
        first_cells.setdefault(name, fact.group)
        of_group = pairs.setdefault(name, [])
        if fact.question and fact.answer:
            of_group.append((scalar(fact.question), words(fact.answer)))
    nodes = [(scalar(cell), mapping(pairs[name], cell)) for name, cell in first_cells.items()]
    return mapping(nodes, start)


def _answers(rows: Iterable[tuple[Cell, Mapping[str, Cell]]], start: Cell) -> yaml.MappingNode:
    """The answers by question, a list for each."""
    first_cells: dict[str, Cell] = {}
    answers: dict[str, list[yaml.Node]] = {}
    for question, slots in rows:
        key = question.word
        first_cells.setdefault(key, question)
        answers.setdefault(key, []).append(_answer(question, slots))
    nodes = [
        (scalar(cell), yaml.SequenceNode("tag:yaml.org,2002:seq", answers[key], CellMark(cell)))
        for key, cell in first_cells.items()
    ]
    return mapping(nodes, start)


def _answer(question: Cell, slots: Mapping[str, Cell]) -> yaml.Node:
    """One answer, blank where no slot is filled."""
    pairs = [
        (scalar(question, name), scalar(cell) if name == "holds" else words(cell))
        for name, cell in slots.items()
        if cell.text.strip()
    ]
    return mapping(pairs, question) if pairs else scalar(Cell("", question.row, question.name))
