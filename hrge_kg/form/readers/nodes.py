"""Reads the nodes of a form into a Description, whatever file they come from: YAML, CSV or XLSX.

Every key and value is looked up in the vocabulary, so a new aspect or concept needs no code.
(docs/reference/form.md)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NoReturn

import pyoxigraph as ox
import yaml

from ...errors import InputError
from ...namespaces import CONCEPT, HRGE, PROGRAMME, RDF_TYPE, RDFS
from ...parsing.files import clean_title, is_short_name, quoted
from ...parsing.yaml_nodes import YamlNodes, line_of
from ...suggest import did_you_mean
from ..description import Description, Place, Triple
from ..slots import SLOTS, date_literal, number_literal
from ..vocabulary import Concept, Dimension, Vocabulary
from .tabular import cell_of

HEAD = ("programme", "title", "answered", "groups", "answers", "without")


_BOOLEANS = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}


def read_nodes(root: yaml.Node, file: str, vocabulary: Vocabulary) -> Description:
    """The description in the nodes of a form that is not YAML. (hrge_kg/form/readers/tabular.py)"""
    return FormReader(file, vocabulary).read(root)


class FormReader(YamlNodes):
    """Reads one form.

    A form from CSV or XLSX comes as the nodes that the YAML parser would make of the same words.
    """

    def __init__(self, file: str, vocabulary: Vocabulary) -> None:
        super().__init__(file)
        self.vocabulary = vocabulary
        self.triples: list[Triple] = []
        self.places: dict[str, Place] = {}
        self.groups: dict[str, ox.NamedNode] = {}
        self.defaults: dict[str, yaml.Node] = {}
        self.count: dict[str, int] = {}

    def read(self, root: yaml.Node) -> Description:
        """The description that the nodes hold."""
        dimensions = self.vocabulary.dimensions_of(programme=True)
        keys = self.keys(root, [*HEAD, *dimensions])
        if "programme" not in keys:
            raise InputError(
                self.file,
                "the key “programme” is missing",
                "Give the programme a short name: programme: my-shelter",
                line=1,
            )
        name = self.key(keys["programme"])
        self.node = PROGRAMME(name)
        self.add(self.node, RDF_TYPE, HRGE("Programme"), line_of(keys["programme"]), "programme")
        title = self.title(keys["title"]) if "title" in keys else name
        self.triples.append((self.node, RDFS("label"), ox.Literal(title)))
        if "answered" in keys:
            self.defaults = self.keys(keys["answered"], ("on", "by", "level"))
            for name, default in self.defaults.items():
                list(self.slot(self.node, name, default, None))  # also where no answer uses it
        for key, dimension in dimensions.items():
            if key in keys:
                self.dimension(self.node, dimension, keys[key])
        if "without" in keys:
            self.without(self.node, keys["without"], programme=True)
        if "groups" in keys:
            self.read_groups(keys["groups"])
        if "answers" in keys:
            for question, answer in self.pairs(keys["answers"]):
                self.answers(question, answer)
        return Description(self.file, self.node.value, title, tuple(self.triples), self.places)

    # keys and places

    def fail(self, node: yaml.Node | yaml.Event, problem: str, remedy: str) -> NoReturn:
        """Raise InputError at the node's line, or at its cell."""
        cell = cell_of(node)
        super().fail(node, f"{cell}: {problem}" if cell else problem, remedy)

    def keys(self, node: yaml.Node, known: Collection[str]) -> dict[str, yaml.Node]:
        """The values of a mapping by key, blank ones left out; an unknown key is refused."""
        found: dict[str, yaml.Node] = {}
        for key, value in self.pairs(node):
            name = self.scalar(key)
            if name not in known:
                self.fail(
                    key,
                    f"the key “{name}” is unknown here",
                    f"Use one of: {', '.join(known)}.{did_you_mean(name, known)}",
                )
            if not _is_blank(value):
                found[name] = value
        return found

    def scalar(self, node: yaml.Node) -> str:
        """A word or number, as written: one that messages can repeat."""
        value = super().scalar(node)
        if len(value) > 100 or not value.isprintable():
            self.fail(
                node,
                f"{quoted(value)} is too long, or has a character that cannot be printed",
                "Write a word or a number.",
            )
        return value

    def title(self, node: yaml.Node) -> str:
        """The one free text."""
        title = clean_title(node.value) if isinstance(node, yaml.ScalarNode) else None
        if title is None:
            self.fail(
                node,
                "the title is empty, too long, or has a character that cannot be printed",
                "Write one short line.",
            )
        return title

    def key(self, node: yaml.Node) -> str:
        """A short name, as programmes and groups have it."""
        name = self.scalar(node)
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
        line: int,
        key: str,
    ) -> None:
        """Keep a triple, and where it stands in the file."""
        self.places[subject.value] = Place(self.file, line, key)
        self.triples.append((subject, predicate, value))

    def values(self, node: yaml.Node) -> list[yaml.Node]:
        """The items of a list, or the one value that stands without a list."""
        values = self.sequence(node) if isinstance(node, yaml.SequenceNode) else [node]
        if not values:  # else for: [] would mean everyone
            self.fail(node, "this list is empty", "Name something, or leave the key out.")
        return values

    def one(self, node: yaml.Node) -> yaml.Node:
        """The only value; several are refused."""
        values = self.values(node)
        if len(values) > 1:
            self.fail(values[1], "only one value can stand here", "Keep one, or give two answers.")
        return values[0]

    # groups and dimensions

    def read_groups(self, node: yaml.Node) -> None:
        """Read the groups and who is in each."""
        dimensions = self.vocabulary.dimensions_of(programme=False)
        for key, value in self.pairs(node):
            name = self.key(key)
            group = ox.NamedNode(f"{self.node.value}/group/{name}")
            self.groups[name] = group
            self.add(group, RDF_TYPE, HRGE("ServedGroup"), line_of(key), f"groups.{name}")
            self.triples.append((self.node, HRGE("serves"), group))
            self.triples.append((group, RDFS("label"), ox.Literal(name)))
            if _is_blank(value):
                continue
            for dimension, stated in self.keys(value, [*dimensions, "without"]).items():
                if dimension == "without":
                    self.without(group, stated, programme=False)
                else:
                    self.dimension(group, dimensions[dimension], stated)

    def dimension(self, subject: ox.NamedNode, dimension: Dimension, node: yaml.Node) -> None:
        """Read what a group or the programme is in one respect."""
        scheme = dimension.scheme
        answers = {
            concept.answer: concept
            for concept in self.vocabulary.by_scheme.get(scheme, ())
            if concept.answer
        }
        for value in self.values(node):
            if answers:
                self.yes_no_some(subject, value, answers)
            elif self.answer(value, quiet=True) != "dont-know":
                concept = self.concept(value, scheme)
                self.triples.append((subject, HRGE("has"), ox.NamedNode(concept.iri)))

    def yes_no_some(
        self, subject: ox.NamedNode, node: yaml.Node, answers: dict[str, Concept]
    ) -> None:
        """yes: all; no: nobody; some: both kinds are there."""
        word = (
            "some"
            if isinstance(node, yaml.ScalarNode) and node.value == "some"
            else self.answer(node)
        )
        stated = {"some": ("yes", "no"), "yes": ("yes",), "no": ("no",), "dont-know": ()}.get(word)
        if stated is None:
            self.fail(
                node,
                f"“{self.scalar(node)}” is not an answer to this question",
                "Answer yes, no, some or don't know.",
            )
        for answer in stated:
            self.triples.append((subject, HRGE("has"), ox.NamedNode(answers[answer].iri)))

    def without(self, subject: ox.NamedNode, node: yaml.Node, *, programme: bool) -> None:
        """Read the kinds of people of whom there is nobody."""
        schemes = self.vocabulary.schemes_of(programme=programme)
        for value in self.values(node):
            self.triples.append(
                (subject, HRGE("hasNot"), ox.NamedNode(self.concept(value, *schemes).iri))
            )

    # answers

    def answers(self, key: yaml.Node, node: yaml.Node) -> None:
        """Read the answers to one question."""
        name = self.scalar(key)
        aspect = self.vocabulary.aspects.get(name)
        if aspect is None:
            self.fail(
                key,
                f"the form has no question “{name}”",
                f"See `hrge new` for all of them.{did_you_mean(name, self.vocabulary.aspects)}",
            )
        for value in self.values(node):
            if _is_blank(value):
                continue
            self.count[name] = self.count.get(name, 0) + 1
            statement = ox.NamedNode(f"{self.node.value}/statement/{name}-{self.count[name]}")
            line = line_of(key) if value is node else line_of(value)
            self.add(statement, RDF_TYPE, HRGE("Statement"), line, f"answers.{name}")
            self.triples.append((self.node, ox.NamedNode(aspect.iri), statement))
            self.triples.extend(self.statement(statement, value, aspect.of_scheme))

    def statement(
        self, statement: ox.NamedNode, node: yaml.Node, of_scheme: str | None
    ) -> Iterator[Triple]:
        """The triples of one answer, bare or with slots."""
        if isinstance(node, yaml.ScalarNode):
            slots: dict[str, yaml.Node] = {"holds": node}
        else:
            slots = self.keys(node, SLOTS)
            if "holds" not in slots:
                self.fail(
                    node,
                    "the answer itself is missing",
                    "Add holds: yes, in part, no, don't know or does not apply.",
                )
        for name in ("level", "by", "on"):
            if name in self.defaults:
                slots.setdefault(name, self.defaults[name])
        yield (
            statement,
            HRGE("holds"),
            CONCEPT(self.answer(slots.pop("holds"))),
        )
        if ("quantity" in slots) != ("unit" in slots):
            self.fail(
                node,
                "a quantity needs a unit, and a unit a quantity",
                "Give both, as in quantity: 90, unit: days.",
            )
        for name, value in slots.items():
            yield from self.slot(statement, name, value, of_scheme)

    def slot(
        self, statement: ox.NamedNode, name: str, node: yaml.Node, of_scheme: str | None
    ) -> Iterator[Triple]:
        """The triples of one slot."""
        slot = SLOTS[name]
        scheme = slot.scheme or of_scheme
        for value in self.values(node) if slot.several else [self.one(node)]:
            if slot.kind == "date":
                yield statement, HRGE(slot.property), self.date(value)
            elif slot.kind == "number":
                yield statement, HRGE(slot.property), self.number(value)
            elif slot.kind == "people":
                yield statement, HRGE(slot.property), self.people(value)
            elif scheme is None:
                self.fail(node, f"this question has no “{name}”", "Leave it out.")
            else:
                yield statement, HRGE(slot.property), ox.NamedNode(self.concept(value, scheme).iri)

    def people(self, node: yaml.Node) -> ox.NamedNode:
        """The group, or kind of people, that is meant."""
        name = self.scalar(node)
        if name in self.groups:
            return self.groups[name]
        schemes = self.vocabulary.schemes_of(programme=False)
        for scheme in schemes:
            concept = self.vocabulary.in_scheme(scheme, name)
            if concept:
                return ox.NamedNode(concept.iri)
        known = [
            *self.groups,
            *(concept.key for concept in self.vocabulary.concepts_in(*schemes)),
        ]
        self.fail(
            node,
            f"“{name}” is neither a group of this form nor a kind of people",
            f"Name one of: {', '.join(known)}.{did_you_mean(name, known)}",
        )

    # values

    def answer(self, node: yaml.Node, *, quiet: bool = False) -> str:
        """The answer (its key) that a scalar means; with `quiet` an empty text where it means none.

        Bare yes and no are answers, whatever YAML makes of them; in quotes they are words.
        """
        if not isinstance(node, yaml.ScalarNode):
            if quiet:
                return ""
            self.fail(
                node,
                "an answer belongs here",
                "Answer yes, in part, no, don't know or does not apply.",
            )
        word = self.scalar(node).strip().lower()
        if node.style is None and word in _BOOLEANS and not _is_tagged(node):
            return _BOOLEANS[word]
        concept = self.vocabulary.in_scheme("answer", word)
        if concept and concept.key not in ("yes", "no"):
            return concept.key
        if quiet:
            return ""
        if concept:
            self.fail(
                node,
                f"an answer belongs here, and “{node.value}” in quotes is a word",
                f"Write {concept.key} without quotes.",
            )
        self.fail(
            node,
            f"“{node.value}” is not an answer",
            "Answer yes, in part, no, don't know or does not apply.",
        )

    def concept(self, node: yaml.Node, *schemes: str) -> Concept:
        """The concept that is meant, of the first scheme that has it."""
        name = self.scalar(node)
        for scheme in schemes:
            concept = self.vocabulary.in_scheme(scheme, name)
            if concept:
                return concept
        known = [concept.key for concept in self.vocabulary.concepts_in(*schemes)]
        labels = " or ".join(
            self.vocabulary.scheme_labels.get(scheme, scheme) for scheme in schemes[:3]
        )
        self.fail(
            node,
            f"“{name}” is not among the words for {labels}",
            f"Use one of: {', '.join(known)}.{did_you_mean(name, known)}",
        )

    def date(self, node: yaml.Node) -> ox.Literal:
        """A day as xsd:date."""
        day = date_literal(self.scalar(node))
        if day is None:
            self.fail(
                node,
                f"“{self.scalar(node)}” is not a day",
                "Write year-month-day, as in 2025-03-01.",
            )
        return day

    def number(self, node: yaml.Node) -> ox.Literal:
        """A number as xsd:decimal."""
        number = number_literal(self.scalar(node))
        if number is None:
            self.fail(
                node,
                f"“{self.scalar(node)}” is not a number",
                "Write a plain number, and what it counts under unit.",
            )
        return number


def _is_tagged(node: yaml.ScalarNode) -> bool:
    """Whether the author says of a word what it is, as in !!str no: that is as good as quotes."""
    resolve: Callable[..., str] = yaml.SafeLoader("").resolve
    return bool(resolve(yaml.ScalarNode, node.value, (True, False)) != node.tag)


def _is_blank(node: yaml.Node) -> bool:
    """Left blank: not stated."""
    return (
        isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")
    )
