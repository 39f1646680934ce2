"""Reads values of a form: answers, concepts of the vocabulary, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import TypeVar

import pyoxigraph as ox
import yaml

from ...errors import Mistakes
from ...parsing.dates import date_problem, read_date
from ...parsing.notes import Notes
from ...suggest import did_you_mean, plain_key
from ..slots import (
    DATE_ADVICE,
    MIDNIGHT,
    YEAR_AS_NUMBER,
    calendar_note,
    date_literal,
    number_literal,
    number_problem,
    read_as,
)
from ..vocabulary import Aspect, Concept, Dimension, Vocabulary
from .node_words import NodeWords, is_blank
from .tabular import cell_of, kind_of

_ANSWERS_IN_WORDS = "Answer yes, in part, no, don't know or does not apply."
_Term = TypeVar("_Term", Aspect, Concept, Dimension)
_BOOLEANS = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}


class NodeValues(NodeWords):
    """The values of one form, each looked up in the vocabulary."""

    def __init__(
        self, file: str, vocabulary: Vocabulary, mistakes: Mistakes | None, notes: Notes | None
    ) -> None:
        super().__init__(file, mistakes, notes)
        self.vocabulary = vocabulary

    def answer(self, node: yaml.Node) -> str:
        """The key of the answer that a node means; a node that means none is refused."""
        answer = self.find_answer(node)
        if answer is not None:
            return answer
        if not isinstance(node, yaml.ScalarNode):
            self.fail(node, "an answer belongs here", _ANSWERS_IN_WORDS)
        self.fail(node, f"“{self.scalar(node)}” is not an answer", _ANSWERS_IN_WORDS)

    def find_answer(self, node: yaml.Node) -> str | None:
        """The key of the answer that a node means; None where it means none.

        YAML makes true and false of yes and no, and other programs put them in quotes; they are
        answers all the same.
        """
        if not isinstance(node, yaml.ScalarNode):
            return None
        word = self.scalar(node, made="boolean").strip().lower()
        if word in _BOOLEANS:
            return _BOOLEANS[word]
        concept = self.vocabulary.in_scheme("answer", word)
        return concept.key if concept else None

    def concept(self, node: yaml.Node, *schemes: str) -> Concept:
        """The concept that is meant, of the first scheme that has it."""
        name = self.scalar(node)
        for scheme in schemes:
            concept = self.vocabulary.in_scheme(scheme, name)
            if concept:
                return concept
        concepts = self.vocabulary.concepts_in(*schemes)
        now = self.renamed(node, name, {concept.iri: concept for concept in concepts})
        if now:
            return now
        known = [concept.key for concept in concepts]
        names = self.vocabulary.names_in(*schemes)

        def is_known(word: str) -> bool:
            return any(self.vocabulary.in_scheme(scheme, word) for scheme in schemes)

        labels = " or ".join(
            self.vocabulary.scheme_labels.get(scheme, scheme) for scheme in schemes[:3]
        )
        self.fail(
            node,
            f"“{name}” is not among the words for {labels}",
            f"{self.how_to_write_several(node, name, is_known)}"
            f"Use one of: {', '.join(known)}.{did_you_mean(name, known, names)}",
        )

    def how_to_write_several(
        self, node: yaml.Node, text: str, is_known: Callable[[str], bool]
    ) -> str:
        """A sentence on how to write several words, if a text holds such; else nothing."""
        for between in (r" *[,;/|&+] *(?:and )?", r" *[,;/|&+] *(?:and )?| and "):
            parts = re.split(between, text)
            if len(parts) > 1 and all(map(is_known, parts)):
                written = "; ".join(parts) if cell_of(node) else f"[{', '.join(parts)}]"
                return f"If these are several, write {written}. "
        return ""

    def date(self, node: yaml.Node) -> ox.Literal:
        """A day, a month or a year, as people write it; what can be misread is refused.

        Midnight is a day, which programs write with its time. In a table, a year may have become a
        number with a decimal place.
        """
        text = self.scalar(node, made="date")
        date = date_literal(text) or date_literal(MIDNIGHT.sub("", text))
        if date is None and cell_of(node):
            date = date_literal(YEAR_AS_NUMBER.sub("", text))
        if date is None:
            date = date_literal(read_date(text) or "")
        if date is None:
            self.fail(node, *(date_problem(text) or (f"“{text}” is not a date", DATE_ADVICE)))
        if date.value != text:
            self.note(node, read_as(text, date.value))
        if told := calendar_note(date.value):
            self.note(node, told)
        return date

    def number(self, node: yaml.Node) -> ox.Literal:
        """A number as xsd:decimal."""
        text = self.scalar(node, made="percent")
        problem = number_problem(text) if kind_of(node) == "text" else None
        if problem:
            self.fail(node, *problem)
        number = number_literal(text)
        if number is None:
            self.fail(
                node,
                f"“{text}” is not a number",
                "Write a plain number, and what it counts under unit.",
            )
        return number

    def without_sign(self, node: yaml.Node, unit: yaml.Node | None) -> yaml.Node:
        """A quantity without the sign of its unit, as in 50%; refused if the unit is another."""
        one = self.one(node)
        if not isinstance(one, yaml.ScalarNode):
            return node
        text = self.scalar(one, made="percent")
        signed = re.fullmatch(r"([0-9].*?) *([^0-9.\s])", text)
        concept = self.vocabulary.in_scheme("unit", signed[2]) if signed else None
        if signed is None or concept is None:
            return node
        if unit is not None and self.concept(self.one(unit), "unit") != concept:
            self.fail(
                one,
                f"“{text}” counts {concept.label}, and the unit is another",
                "Write a plain number, or the other unit.",
            )
        if kind_of(one) == "percent":
            self.note(one, f"the cell shows a percentage, and is read as {signed[1]}")
        return yaml.ScalarNode(one.tag, signed[1], one.start_mark, one.end_mark, one.style)

    def tell_small_percentage(self, node: yaml.Node, unit: yaml.Node) -> None:
        """Tell of one percent or less in a table.

        A cell that showed 50% holds 0.5 once a program has saved it without its format.
        """
        one = self.one(node)
        number = number_literal(one.value) if cell_of(one) else None
        named_unit = self.one(unit).value if number else None
        percent = self.vocabulary.in_scheme("unit", "%")
        if number is None or self.vocabulary.in_scheme("unit", str(named_unit)) != percent:
            return
        share = Decimal(number.value)
        if 0 < share <= 1:
            self.note(
                one,
                f"“{one.value}” is read as {one.value} percent; write "
                f"{(share * 100).normalize():f} if the cell showed that before a program saved it",
            )

    # what earlier versions of the form had

    def renamed(self, node: yaml.Node, word: str, now: Mapping[str, _Term]) -> _Term | None:
        """What took the place of a question or a word of an earlier version: one of `now`, which
        are by IRI; it is told. None if the word was none of the form, or was left out.

        Refused if it became several.
        """
        former = self.vocabulary.former.get(plain_key(word))
        found = [now[iri] for iri in former.replaced_by if iri in now] if former else []
        if former is None or not found:
            return None
        if len(found) > 1:
            names = " and ".join(f"“{one.key}”" for one in found)
            self.fail(
                node,
                f"“{word}” was split into {names} in version {former.version} of the form",
                "Say which is meant; if it is a question, answer each of them.",
            )
        [one] = found
        told = f"“{word}” is called “{one.key}” since version {former.version} of the form"
        self.note(node, f"{told}, and is read as that")
        return one

    def present_key(
        self, key: yaml.Node, value: yaml.Node, name: str, known: Collection[str]
    ) -> str | None:
        """The key that is meant by one that is not known here: one of an earlier version."""
        dimensions = self.vocabulary.dimensions.values()
        if plain_key(name) in self.vocabulary.former and is_blank(value):
            return None
        now = self.renamed(key, name, {one.iri: one for one in dimensions if one.key in known})
        if now:
            return now.key
        if self.is_left_out(key, name):
            return None
        return super().present_key(key, value, name, known)

    def is_left_out(self, key: yaml.Node, name: str) -> bool:
        """Whether a question was one of an earlier version, and nothing took its place; told."""
        former = self.vocabulary.former.get(plain_key(name))
        if former is None or former.replaced_by:
            return False
        since = f"since version {former.version} of the form"
        self.note(key, f"{since} there is no question “{name}”; what it says is not read")
        return True
