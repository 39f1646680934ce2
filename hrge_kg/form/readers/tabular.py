"""Makes the nodes of a form out of the cells of a table, so that a spreadsheet is read by the same code as YAML.
Each node knows its cell; messages name it. (docs/reference/form.md)

>>> node = scalar(Cell("yes", 7, "Answers!D7"))
>>> node.value, cell_of(node)
('yes', 'Answers!D7')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import yaml

BETWEEN = ";"
"""Stands between the words of a cell that has several."""

EXPLAINING = ("asked", "why", "choices")
"""Columns for the eyes of whoever fills it in; no reader looks at them."""


@dataclass(frozen=True)
class Cell:
    """A cell: its text, its row (1 first) and its name as messages give it."""

    text: str
    row: int
    name: str


@dataclass(frozen=True)
class GroupFact:
    """What a cell says of a group: its name, the question and the answer; without a question, just that the group is there."""

    group: Cell
    question: Cell | None
    answer: Cell | None


class CellMark(yaml.Mark):
    """The place of a node that was a cell."""

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell.name, 0, cell.row - 1, 0, None, 0)
        self.cell = cell.name


def cell_of(node: yaml.Node | yaml.Event) -> str | None:
    """The name of the cell from which a node comes; None where it comes from a text."""
    return node.start_mark.cell if isinstance(node.start_mark, CellMark) else None


def scalar(cell: Cell, text: str | None = None) -> yaml.ScalarNode:
    """The word in a cell, or this part of it, as if it were written in YAML without quotes; an empty one is left blank."""
    value = (cell.text if text is None else text).strip()
    resolve: Callable[..., str] = yaml.SafeLoader("").resolve
    tag = resolve(yaml.ScalarNode, value, (True, False))
    quoted = value in (
        "~",
        "null",
    )  # YAML would take these for nothing; a cell that holds them is not blank
    return yaml.ScalarNode(tag, value, CellMark(cell), CellMark(cell), '"' if quoted else None)


def words(cell: Cell) -> yaml.Node:
    """The words of a cell, with BETWEEN between them.

    >>> [one.value for one in words(Cell("women; girls", 1, "A1")).value]
    ['women', 'girls']
    """
    parts = [part for part in cell.text.split(BETWEEN) if part.strip()]
    if len(parts) < 2:
        return scalar(cell, parts[0] if parts else None)
    return yaml.SequenceNode(
        "tag:yaml.org,2002:seq",
        [scalar(cell, part) for part in parts],
        CellMark(cell),
        CellMark(cell),
    )


def mapping(pairs: Iterable[tuple[yaml.Node, yaml.Node]], at: Cell) -> yaml.MappingNode:
    """Keys and values; equal keys are left for the reader of the nodes to refuse."""
    return yaml.MappingNode("tag:yaml.org,2002:map", list(pairs), CellMark(at), CellMark(at))


def form_nodes(
    head: Iterable[tuple[Cell, Cell]],
    groups: Iterable[GroupFact],
    answers: Iterable[tuple[Cell, Mapping[str, Cell]]],
) -> yaml.MappingNode:
    """The root of a form: questions about the programme with their answers, facts about groups, and rows of answers by slot.

    `answered-on` and its like are the keys below `answered`.
    """
    start = Cell("", 1, "")
    pairs: list[tuple[yaml.Node, yaml.Node]] = []
    defaults: list[tuple[yaml.Node, yaml.Node]] = []
    for question, answer in head:
        below = question.text.strip().removeprefix("answered-")
        if below != question.text.strip():
            defaults.append((scalar(question, below), words(answer)))
        else:
            pairs.append(
                (
                    scalar(question),
                    scalar(answer) if below in ("programme", "title") else words(answer),
                )
            )
    if defaults:
        pairs.append((scalar(start, "answered"), mapping(defaults, start)))
    pairs.append((scalar(start, "groups"), _groups(groups, start)))
    pairs.append((scalar(start, "answers"), _answers(answers, start)))
    return mapping(pairs, start)


def _groups(facts: Iterable[GroupFact], start: Cell) -> yaml.MappingNode:
    named: dict[str, Cell] = {}
    about: dict[str, list[tuple[yaml.Node, yaml.Node]]] = {}
    for fact in facts:
        name = fact.group.text.strip()
        named.setdefault(name, fact.group)
        told = about.setdefault(name, [])
        if fact.question and fact.answer:
            told.append((scalar(fact.question), words(fact.answer)))
    return mapping(
        ((scalar(cell), mapping(about[name], cell)) for name, cell in named.items()), start
    )


def _answers(rows: Iterable[tuple[Cell, Mapping[str, Cell]]], start: Cell) -> yaml.MappingNode:
    asked: dict[str, Cell] = {}
    given: dict[str, list[yaml.Node]] = {}
    for question, slots in rows:
        asked.setdefault(question.text.strip(), question)
        stated = {name: cell for name, cell in slots.items() if cell.text.strip()}
        row: yaml.Node = scalar(Cell("", question.row, question.name))
        if stated:
            pairs = (
                (scalar(question, name), scalar(cell) if name == "holds" else words(cell))
                for name, cell in stated.items()
            )
            row = mapping(pairs, question)
        given.setdefault(question.text.strip(), []).append(row)
    nodes = (
        (scalar(cell), yaml.SequenceNode("tag:yaml.org,2002:seq", given[name], CellMark(cell)))
        for name, cell in asked.items()
    )
    return mapping(nodes, start)
