"""Reads the YAML form: a programme, its groups and its answers, into a Description.

Every key and value is looked up in the vocabulary, so a new aspect or concept needs no code. (docs/reference/form.md)
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pyoxigraph as ox
import yaml

from .description import Description, Place, Triple
from .errors import InputError
from .prefixes import PREFIXES
from .resources import relative
from .vocabulary import CONCEPT_SLOTS, Concept, Dimension, Vocabulary, nearest
from .yaml_nodes import YamlNodes, line_of

HEAD = ("programme", "title", "answered", "groups", "answers", "without")
DATE_SLOTS = ("since", "until")
SLOTS = ("holds", "of", "for", *CONCEPT_SLOTS, *DATE_SLOTS, "quantity", "unit", "by", "on")
_BOOLEANS = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}


def _hrge(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["hrge"] + name)


TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def read_form(path: Path, vocabulary: Vocabulary) -> Description:
    """Read one YAML form.

    Raises InputError, with file and line, for whatever the form does not know.
    """
    content = read_text(path)
    return _Form(relative(path), vocabulary).read(content)


def read_text(path: Path) -> str:
    """The text of a file of a person's. Raises InputError where it is missing, empty or no UTF-8 text."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(str(path), None, "there is no such file", "Check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), None, f"the file cannot be read as text ({error})", "Save it as UTF-8 text.") from error
    if not content.strip():
        raise InputError(str(path), None, "the file is empty", "Start from the template that `hrge new` prints.")
    return content


class _Form(YamlNodes):
    def __init__(self, file: str, vocabulary: Vocabulary) -> None:
        super().__init__(file)
        self.vocabulary = vocabulary
        self.triples: list[Triple] = []
        self.places: dict[str, Place] = {}
        self.groups: dict[str, ox.NamedNode] = {}
        self.defaults: dict[str, yaml.Node] = {}
        self.count: dict[str, int] = {}

    def read(self, content: str) -> Description:
        dimensions = {key: d for key, d in self.vocabulary.dimensions.items() if d.of_programme}
        keys = self.keys(self.root(content), [*HEAD, *dimensions])
        if "programme" not in keys:
            raise InputError(self.file, 1, "the key “programme” is missing", "Give the programme a short name: programme: my-shelter")
        name = self.key(keys["programme"])
        self.node = ox.NamedNode(PREFIXES["programme"] + name)
        self.add(self.node, TYPE, _hrge("Programme"), line_of(keys["programme"]), "programme")
        title = self.scalar(keys["title"]) if "title" in keys else name
        self.triples.append((self.node, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal(title)))
        if "answered" in keys:
            self.defaults = self.keys_of(keys["answered"], ("on", "by", "level"))
        for key, dimension in dimensions.items():
            if key in keys:
                self.dimension(self.node, dimension, keys[key])
        if "without" in keys:
            self.without(self.node, keys["without"], programme=True)
        if "groups" in keys:
            self.read_groups(keys["groups"])
        if "answers" in keys:
            for key, value in self.pairs(keys["answers"]):
                self.answers(key, value)
        return Description(self.file, self.node.value, title, tuple(self.triples), self.places)

    # keys and places

    def keys(self, node: yaml.Node, known: Collection[str]) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in self.pairs(node):
            name = self.scalar(key)
            if name not in known:
                self.fail(key, f"the key “{name}” is unknown here", f"Use one of: {', '.join(known)}.{nearest(name, known)}")
            if not _is_blank(value):
                found[name] = value
        return found

    def keys_of(self, node: yaml.Node, known: Collection[str]) -> dict[str, yaml.Node]:
        return self.keys(node, known)

    def key(self, node: yaml.Node) -> str:
        name = self.scalar(node)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            self.fail(node, f"“{name}” is no short name", "Use small letters, digits and hyphens, as in my-shelter.")
        return name

    def add(self, subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode, line: int, key: str) -> None:
        self.places[subject.value] = Place(self.file, line, key)
        self.triples.append((subject, predicate, value))

    def values(self, node: yaml.Node) -> list[yaml.Node]:
        return self.sequence(node) if isinstance(node, yaml.SequenceNode) else [node]

    # groups and dimensions

    def read_groups(self, node: yaml.Node) -> None:
        dimensions = {key: d for key, d in self.vocabulary.dimensions.items() if not d.of_programme}
        for key, value in self.pairs(node):
            name = self.key(key)
            group = ox.NamedNode(f"{self.node.value}/group/{name}")
            self.groups[name] = group
            self.add(group, TYPE, _hrge("ServedGroup"), line_of(key), f"groups.{name}")
            self.triples.append((self.node, _hrge("serves"), group))
            self.triples.append((group, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal(name)))
            if _is_blank(value):
                continue
            for dimension, stated in self.keys(value, [*dimensions, "without"]).items():
                if dimension == "without":
                    self.without(group, stated, programme=False)
                else:
                    self.dimension(group, dimensions[dimension], stated)

    def dimension(self, subject: ox.NamedNode, dimension: Dimension, node: yaml.Node) -> None:
        scheme = dimension.iri.rsplit("/", 1)[1]
        answers = {concept.answer: concept for concept in self.vocabulary.by_scheme.get(scheme, ()) if concept.answer}
        for value in self.values(node):
            if answers:
                self.yes_no_some(subject, value, answers)
            elif self.answer(value, quiet=True) != "dont-know":
                concept = self.concept(value, scheme)
                self.triples.append((subject, _hrge("has"), ox.NamedNode(concept.iri)))

    def yes_no_some(self, subject: ox.NamedNode, node: yaml.Node, answers: dict[str, Concept]) -> None:
        """yes: all; no: nobody; some: both kinds are there."""
        word = "some" if isinstance(node, yaml.ScalarNode) and node.value == "some" else self.answer(node)
        stated = {"some": ("yes", "no"), "yes": ("yes",), "no": ("no",), "dont-know": ()}.get(word)
        if stated is None:
            self.fail(node, f"“{self.scalar(node)}” is no answer here", "Answer yes, no, some or don't know.")
        for answer in stated:
            self.triples.append((subject, _hrge("has"), ox.NamedNode(answers[answer].iri)))

    def without(self, subject: ox.NamedNode, node: yaml.Node, *, programme: bool) -> None:
        schemes = [d.iri.rsplit("/", 1)[1] for d in self.vocabulary.dimensions.values() if d.of_programme is programme]
        for value in self.values(node):
            self.triples.append((subject, _hrge("hasNot"), ox.NamedNode(self.concept(value, *schemes).iri)))

    # answers

    def answers(self, key: yaml.Node, node: yaml.Node) -> None:
        name = self.scalar(key)
        aspect = self.vocabulary.aspects.get(name)
        if aspect is None:
            self.fail(key, f"“{name}” is no question of the form", f"See `hrge new` for all of them.{nearest(name, self.vocabulary.aspects)}")
        for value in self.values(node):
            if _is_blank(value):
                continue
            self.count[name] = self.count.get(name, 0) + 1
            statement = ox.NamedNode(f"{self.node.value}/statement/{name}-{self.count[name]}")
            line = line_of(key) if value is node else line_of(value)
            self.add(statement, TYPE, _hrge("Statement"), line, f"answers.{name}")
            self.triples.append((self.node, ox.NamedNode(aspect.iri), statement))
            self.triples.extend(self.statement(statement, value, aspect.of_scheme))

    def statement(self, statement: ox.NamedNode, node: yaml.Node, of_scheme: str | None) -> Iterator[Triple]:
        if isinstance(node, yaml.ScalarNode):
            slots = {"holds": node}
        else:
            slots = self.keys(node, SLOTS)
            if "holds" not in slots:
                self.fail(node, "the answer itself is missing", "Add holds: yes, in part, no, don't know or does not apply.")
        for name in ("level", "by", "on"):
            if name in self.defaults:
                slots.setdefault(name, self.defaults[name])
        yield statement, _hrge("holds"), ox.NamedNode(PREFIXES["c"] + self.answer(slots.pop("holds")))
        if ("quantity" in slots) != ("unit" in slots):
            self.fail(node, "a quantity needs a unit, and a unit a quantity", "Give both, as in quantity: 90, unit: days.")
        for name, value in slots.items():
            yield from self.slot(statement, name, value, of_scheme)

    def slot(self, statement: ox.NamedNode, name: str, node: yaml.Node, of_scheme: str | None) -> Iterator[Triple]:
        if name in (*DATE_SLOTS, "on"):
            yield statement, _hrge("statedOn" if name == "on" else name), self.date(node)
        elif name == "quantity":
            yield statement, _hrge(name), self.number(node)
        elif name == "for":
            for value in self.values(node):
                yield statement, _hrge("for"), self.people(value)
        else:
            scheme, term = self.scheme(name, node, of_scheme)
            for value in self.values(node):
                yield statement, _hrge(term), ox.NamedNode(self.concept(value, scheme).iri)

    def scheme(self, slot: str, node: yaml.Node, of_scheme: str | None) -> tuple[str, str]:
        if slot == "of" and of_scheme is None:
            self.fail(node, "this question has no “of”", "Leave it out.")
        special = {"of": (of_scheme or "", "of"), "by": ("information-source", "statedBy"), "unit": ("unit", "quantityUnit")}
        return special.get(slot) or (CONCEPT_SLOTS[slot], slot)

    def people(self, node: yaml.Node) -> ox.NamedNode:
        name = self.scalar(node)
        if name in self.groups:
            return self.groups[name]
        schemes = [d.iri.rsplit("/", 1)[1] for d in self.vocabulary.dimensions.values() if not d.of_programme]
        for scheme in schemes:
            concept = self.vocabulary.in_scheme(scheme, name)
            if concept:
                return ox.NamedNode(concept.iri)
        known = [*self.groups, *(c.key for s in schemes for c in self.vocabulary.by_scheme.get(s, ()))]
        self.fail(node, f"“{name}” is no group of this form and no kind of people", f"Name one of: {', '.join(known)}.{nearest(name, known)}")

    # values

    def answer(self, node: yaml.Node, *, quiet: bool = False) -> str:
        """The answer that a scalar means. Bare yes and no mean the answers whatever YAML makes of them; in quotes they are words."""
        if not isinstance(node, yaml.ScalarNode):
            if quiet:
                return ""
            self.fail(node, "an answer is asked here", "Answer yes, in part, no, don't know or does not apply.")
        word = node.value.strip().lower()
        if node.style is None and word in _BOOLEANS:
            return _BOOLEANS[word]
        concept = self.vocabulary.in_scheme("answer", word)
        if concept and concept.key not in ("yes", "no"):
            return concept.key
        if quiet:
            return ""
        if concept:
            self.fail(node, f"an answer is asked here, and “{node.value}” in quotes is a word", f"Write {concept.key} without quotes.")
        self.fail(node, f"“{node.value}” is no answer", "Answer yes, in part, no, don't know or does not apply.")

    def concept(self, node: yaml.Node, *schemes: str) -> Concept:
        name = self.scalar(node)
        for scheme in schemes:
            concept = self.vocabulary.in_scheme(scheme, name)
            if concept:
                return concept
        known = [c.key for scheme in schemes for c in self.vocabulary.by_scheme.get(scheme, ())]
        labels = " or ".join(self.vocabulary.scheme_labels.get(scheme, scheme) for scheme in schemes[:3])
        self.fail(node, f"“{name}” is not among the {labels}", f"Use one of: {', '.join(known)}.{nearest(name, known)}")

    def date(self, node: yaml.Node) -> ox.Literal:
        value = self.scalar(node)
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(node, f"“{value}” is no day", "Write year-month-day, as in 2025-03-01.")
        return ox.Literal(day.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))

    def number(self, node: yaml.Node) -> ox.Literal:
        value = self.scalar(node)
        if not re.fullmatch(r"\d{1,9}(\.\d{1,3})?", value):
            self.fail(node, f"“{value}” is no number", "Write a plain number and put what it counts under unit.")
        return ox.Literal(value, datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal"))


def _is_blank(node: yaml.Node) -> bool:
    """Left blank: not stated."""
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")
