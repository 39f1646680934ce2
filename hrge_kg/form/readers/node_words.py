"""Reads keys, names and single words of a form, each with its place in the author's file."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import NoReturn

import pyoxigraph as ox
import yaml

from ...errors import Mistakes
from ...parsing.characters import fold_title, fold_word, named
from ...parsing.files import is_short_name, quoted, title_problem
from ...parsing.notes import Notes
from ...parsing.yaml_nodes import ALIAS, ALIAS_REFUSED, YamlNodes, column_of, line_of
from ...suggest import did_you_mean
from ..description import Place, Triple
from .tabular import cell_of, kind_of

_MADE = {"date": "a date or a time", "boolean": "true or false", "percent": "a percentage"}
"""The kinds of cells that are no words, as messages name them."""

_COMMENT = re.compile(r"[ \t]*(#[^\s#].*)")
"""A comment without a blank after its sign."""


class NodeWords(YamlNodes):
    """Keys, names and words of one form; the mistakes, notes, triples and places of its reading."""

    def __init__(self, file: str, mistakes: Mistakes | None, notes: Notes | None) -> None:
        super().__init__(file)
        self.notes = notes or Notes(file)
        self.mistakes = mistakes or Mistakes()
        self.triples: list[Triple] = []
        self.places: dict[str, Place] = {}

    def gathered(self) -> AbstractContextManager[None]:
        """Keeps the mistake that ends a `with` block; reading goes on after the block."""
        return self.mistakes.gathered()

    def refuse_alias(self, node: yaml.Node | yaml.Event) -> None:
        """Refuse an alias, and read on as if nothing stood there."""
        with self.gathered():
            super().refuse_alias(node)

    def refuse_tag(self, event: yaml.NodeEvent) -> None:
        """Refuse a tag, and read on as if it did not stand there."""
        with self.gathered():
            super().refuse_tag(event)

    def refuse_anchor(self, event: yaml.Event) -> None:
        """Refuse an anchor, and read on as if it did not stand there."""
        with self.gathered():
            super().refuse_anchor(event)

    def fail(self, node: yaml.Node | yaml.Event, problem: str, remedy: str) -> NoReturn:
        """Raise InputError at the node's line, or at its cell."""
        if isinstance(node, yaml.Node) and node.tag == ALIAS:
            problem, remedy = ALIAS_REFUSED
        cell = cell_of(node)
        super().fail(node, f"{cell}: {problem}" if cell else problem, remedy)

    def pairs(self, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
        """The keys and values of a mapping; of equal keys the first."""
        if not isinstance(node, yaml.MappingNode):
            return super().pairs(node)
        first: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            with self.gathered():
                name = self.scalar(key)
                if name in first:
                    self.fail(key, f"the key {name!r} stands here twice", "Keep one of them.")
                first[name] = (key, value)
        return list(first.values())

    def keys(self, node: yaml.Node, known: Collection[str]) -> dict[str, yaml.Node]:
        """The values of a mapping by key, blank ones left out; an unknown key is refused."""
        found: dict[str, yaml.Node] = {}
        for key, value in self.pairs(node):
            name = self.scalar(key)
            with self.gathered():
                if name == "true" and "on" in known:
                    name = self.key_of_true(key, node)
                if name not in known:
                    present = self.present_key(key, value, name, known)
                    if present is None:
                        continue
                    if present in found:
                        self.fail(key, f"“{present}” is here too", "Keep one of them.")
                    name = present
                if not is_blank(value):
                    found[name] = value
        return found

    def present_key(
        self, key: yaml.Node, value: yaml.Node, name: str, known: Collection[str]
    ) -> str | None:
        """The key that is meant by one that is not known here; None where it is not to be read."""
        self.fail(
            key,
            f"the key “{name}” is unknown here",
            f"Use one of: {', '.join(known)}.{did_you_mean(name, known)}",
        )

    def key_of_true(self, key: yaml.Node, node: yaml.Node) -> str:
        """The key `on`, of which YAML loaders make `true`; refused where `on` stands there too."""
        if isinstance(node, yaml.MappingNode) and any(one.value == "on" for one, _ in node.value):
            self.fail(key, "“true” is read as “on”, and this key is here too", "Keep one of them.")
        self.note(key, "the key “true” is read as “on”, of which a program made it")
        return "on"

    def note(self, node: yaml.Node, told: str) -> None:
        """Tell that something is read otherwise than it is written."""
        self.notes.add(told, line=line_of(node), cell=cell_of(node))

    def scalar(self, node: yaml.Node, *, made: str = "number") -> str:
        """A word or number, as it is looked up; refused if a message could not repeat it.

        `made` is the kind of a cell that can stand here beside text. A spreadsheet may have made a
        date out of a word; what was typed is then lost.
        """
        value = super().scalar(node)
        kind = kind_of(node)
        if kind not in ("text", "number", made):
            self.fail(
                node,
                f"this cell holds {_MADE[kind]} ({quoted(value)}), and no word. A spreadsheet may "
                "have made it of what was typed",
                "Format the cell as text, and write the word again; in CSV, with an apostrophe "
                "before it.",
            )
        folded = fold_word(value)
        if folded.odd:
            self.fail(
                node,
                f"{quoted(value)} has {named(folded.odd)}, which does not print",
                "Remove it.",
            )
        if len(folded.text) > 100:
            self.fail(node, f"{quoted(value)} is too long", "Write a word or a number.")
        for told in folded.changes:
            self.note(node, told)
        word = folded.text.strip() if folded.changes else folded.text
        if not word.strip():
            self.fail(node, "this should be a word or a number", "Write one value.")
        return word

    def title(self, node: yaml.Node) -> str:
        """The title, the only words that an author can choose freely."""
        if not isinstance(node, yaml.ScalarNode):
            self.fail(node, "the title is a list or a mapping", "Write one short line.")
        if kind_of(node) in ("date", "boolean"):
            self.scalar(node)
        problem = title_problem(node.value)
        if problem:
            self.fail(node, *problem)
        self.tell_comment(node)
        title = fold_title(node.value)
        for told in title.changes:
            self.note(node, f"title: {told}")
        return title.text

    def tell_comment(self, node: yaml.Node) -> None:
        """Tell of a comment that may be meant as a part of the title before it, as in House #4."""
        if isinstance(node, yaml.ScalarNode) and node.style is None:
            comment = _COMMENT.match(self.rest_of_line(node))
            if comment:
                self.note(
                    node,
                    f"YAML takes {quoted(comment[1])} for a comment; if it is a part of the title, "
                    "put the title in quotation marks",
                )

    def key(self, node: yaml.Node) -> str:
        """The short name of a programme or a group."""
        name = self.scalar(node)
        if kind_of(node) == "number":
            self.note(node, f"the cell holds a number, and “{name}” is read as a name")
        if not is_short_name(name):
            self.fail(
                node,
                f"“{name}” is not a short name",
                "Use small letters, digits and hyphens, as in my-shelter.",
            )
        return name

    def add(
        self,
        subject: ox.NamedNode,
        predicate: ox.NamedNode,
        value: ox.NamedNode,
        where: yaml.Node,
        key: str,
    ) -> None:
        """Keep the triple that says what a subject is, and where the subject stands in the file."""
        cell = cell_of(where)
        column = None if cell else column_of(where)
        self.places[subject.value] = Place(self.file, line_of(where), key, column, cell)
        self.triples.append((subject, predicate, value))

    def values(self, node: yaml.Node) -> list[yaml.Node]:
        """The items of a list, or the one value that stands without a list."""
        values = self.sequence(node) if isinstance(node, yaml.SequenceNode) else [node]
        if not values:  # `for: []` would mean everyone
            self.fail(node, "this list is empty", "Name something, or leave the key out.")
        return values

    def one(self, node: yaml.Node) -> yaml.Node:
        """The only value; several are refused."""
        values = self.values(node)
        if len(values) > 1:
            self.fail(values[1], "only one value can stand here", "Keep one, or give two answers.")
        return values[0]


def is_blank(node: yaml.Node) -> bool:
    """Whether a value is left blank, so that nothing is stated."""
    return (
        isinstance(node, yaml.ScalarNode)
        and node.style is None
        and (node.value in ("~", "null") or not fold_word(node.value).text.strip())
    )
