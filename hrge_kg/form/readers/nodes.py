"""Reads a form into a Description, whether it comes from YAML, CSV or XLSX.

A form is read as a tree of YAML nodes: a node is a word (a scalar), a list (a sequence), or keys
with their values (a mapping), and knows its line. PyYAML makes the nodes of a YAML file; `tabular`
makes the same nodes from the cells of a table. So one reader serves all three formats.

Every key and value is looked up in the vocabulary, so a new aspect or concept needs no code.
(docs/reference/form.md)
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import yaml

from ...errors import InputError, Mistakes
from ...namespaces import CONCEPT, HRGE, PROGRAMME, RDF_TYPE, RDFS, local_name, term_text
from ...parsing.notes import Notes
from ...suggest import did_you_mean, plain_key
from ..description import Description, Triple
from ..slots import SLOTS, Slot
from ..vocabulary import Concept, Dimension, Vocabulary
from .node_values import NodeValues
from .node_words import is_blank

HEAD = ("programme", "title", "answered", "groups", "answers", "without")
"""The keys that a form can have at the top, beside those of the dimensions."""


def read_nodes(
    root: yaml.Node,
    file: str,
    vocabulary: Vocabulary,
    mistakes: Mistakes,
    *,
    by_line: bool = False,
    groups_known: bool = True,
    notes: Notes | None = None,
) -> Description:
    """The description in a form whose root node is given, as `tabular` makes it from cells.

    `mistakes` are those that were found when the nodes were made. If `groups_known` is false, there
    may be groups that were not read because of them.
    """
    reader = FormReader(file, vocabulary, mistakes, by_line=by_line, notes=notes)
    reader.groups_known = groups_known
    return reader.read(root)


class FormReader(NodeValues):
    """Reads one form, from its root node on down; a method reads one kind of node.

    A mistake ends what it stands in: a fact, a slot, an answer. The others are read, so that all
    mistakes are told at once.
    """

    def __init__(
        self,
        file: str,
        vocabulary: Vocabulary,
        mistakes: Mistakes | None = None,
        *,
        by_line: bool = False,
        notes: Notes | None = None,
    ) -> None:
        super().__init__(file, vocabulary, mistakes, notes)
        self.by_line = by_line
        self.programme = PROGRAMME("programme")
        self.programme_title = ""
        self.groups_known = True  # if not, a name in an answer may be of a group that was not read
        self.groups: dict[str, ox.NamedNode] = {}  # by their names in the form
        self.defaults: dict[str, yaml.Node] = {}  # by slot, for answers that do not fill the slot
        self.default_words: dict[str, tuple[str, ...]] = {}  # the same as words
        self.answer_count: dict[str, int] = {}  # by question, to number the statements

    def read(self, root: yaml.Node) -> Description:
        """The description that the nodes hold. Raises InputError for all mistakes in it."""
        with self.gathered():
            self.read_keys(root)
        self.mistakes.raise_found(by_line=self.by_line)
        return Description(
            self.file,
            self.programme.value,
            self.programme_title,
            tuple(self.triples),
            self.places,
            self.notes.told(),
            self.default_words,
        )

    def read_keys(self, root: yaml.Node) -> None:
        """Read what stands under each key of the form."""
        dimensions = self.vocabulary.dimensions_of(programme=True)
        keys = self.keys(root, [*HEAD, *dimensions])
        with self.gathered():
            self.read_programme(root, keys)
        if "answered" in keys:
            with self.gathered():
                self.read_defaults(keys["answered"])
        for key, dimension in dimensions.items():
            if key in keys:
                with self.gathered():
                    self.dimension(self.programme, dimension, keys[key])
        if "without" in keys:
            with self.gathered():
                self.without(self.programme, keys["without"], programme=True)
        if "groups" in keys:
            with self.gathered():
                self.read_groups(keys["groups"])
        elif self.mistakes.found:
            self.groups_known = False
        if "answers" in keys:
            with self.gathered():
                for question, answer in self.pairs(keys["answers"]):
                    with self.gathered():
                        self.answers(question, answer)

    def read_programme(self, root: yaml.Node, keys: dict[str, yaml.Node]) -> None:
        """Read the name and the title."""
        if "title" in keys:
            with self.gathered():
                self.programme_title = self.title(keys["title"])
        elif isinstance(root, yaml.MappingNode):
            for key, value in root.value:
                if isinstance(key, yaml.ScalarNode) and key.value == "title":
                    self.tell_comment(value)
        if "programme" not in keys:
            if not self.mistakes.found:
                raise InputError(
                    self.file,
                    "the key “programme” is missing",
                    "Give the programme a short name: programme: my-shelter",
                    line=1,
                )
            return
        name = self.key(keys["programme"])
        self.programme = PROGRAMME(name)
        self.add(self.programme, RDF_TYPE, HRGE("Programme"), keys["programme"], "programme")
        self.programme_title = self.programme_title or name
        self.triples.append((self.programme, RDFS("label"), ox.Literal(self.programme_title)))

    def read_defaults(self, node: yaml.Node) -> None:
        """Read the slots that hold for all answers, which need not use them."""
        for name, default in self.keys(node, ("on", "by", "level")).items():
            before = len(self.mistakes.found)
            triples = list(self.slot(self.programme, name, default, None))
            if len(self.mistakes.found) == before:
                self.defaults[name] = default
                words = (term_text(value) for _, _, value in triples)
                self.default_words[name] = tuple(map(local_name, words))

    # groups and dimensions

    def read_groups(self, node: yaml.Node) -> None:
        """Read the groups and who is in each."""
        known, self.groups_known = self.groups_known, False
        pairs = self.pairs(node)
        self.groups_known = known and len(pairs) == len(node.value)
        for key, value in pairs:
            # A name that is refused is a group's all the same, for the answers that name it.
            group = ox.NamedNode(f"{self.programme.value}/group/{len(self.groups)}")
            self.groups[self.scalar(key)] = group
            with self.gathered():
                name = self.key(key)
                group = ox.NamedNode(f"{self.programme.value}/group/{name}")
                self.groups[name] = group
                self.add(group, RDF_TYPE, HRGE("ServedGroup"), key, f"groups.{name}")
                self.triples.append((self.programme, HRGE("serves"), group))
                self.triples.append((group, RDFS("label"), ox.Literal(name)))
            if not is_blank(value):
                with self.gathered():
                    self.read_group(group, value)

    def read_group(self, group: ox.NamedNode, node: yaml.Node) -> None:
        """Read who is in a group."""
        dimensions = self.vocabulary.dimensions_of(programme=False)
        for key, stated in self.keys(node, [*dimensions, "without", "only"]).items():
            with self.gathered():
                if key == "without":
                    self.without(group, stated, programme=False)
                elif key == "only":
                    self.only(group, stated)
                else:
                    self.dimension(group, dimensions[key], stated)

    def only(self, group: ox.NamedNode, node: yaml.Node) -> None:
        """Read whether the kinds that are named are all that there are."""
        answer = self.answer(self.one(node))
        if answer not in ("yes", "no", "dont-know"):
            self.fail(
                node,
                f"“{self.scalar(node)}” is not an answer to this question",
                "Answer yes where nobody is of a kind that is not named, else leave it blank.",
            )
        if answer == "yes":
            self.triples.append((group, HRGE("only"), ox.Literal(True)))

    def dimension(self, subject: ox.NamedNode, dimension: Dimension, node: yaml.Node) -> None:
        """Read what a group or the programme is in one respect."""
        scheme = dimension.scheme
        answers = {
            concept.answer: concept
            for concept in self.vocabulary.by_scheme.get(scheme, ())
            if concept.answer
        }
        for value in self.values(node):
            with self.gathered():
                if answers:
                    self.yes_no_some(subject, value, answers)
                elif self.find_answer(value) != "dont-know":
                    concept = self.concept(value, scheme)
                    self.triples.append((subject, HRGE("has"), ox.NamedNode(concept.iri)))

    def yes_no_some(
        self, subject: ox.NamedNode, node: yaml.Node, answers: dict[str, Concept]
    ) -> None:
        """Read an answer about a group's people, such as whether they seek asylum.

        Yes means all of them, no means none. Some means that there are people of both kinds: some
        do and some do not.
        """
        word = self.find_answer(node)
        if word is None:
            some = isinstance(node, yaml.ScalarNode) and self.scalar(node) == "some"
            word = "some" if some else self.answer(node)
        kinds = {"some": ("yes", "no"), "yes": ("yes",), "no": ("no",), "dont-know": ()}.get(word)
        if kinds is None:
            self.fail(
                node,
                f"“{self.scalar(node)}” is not an answer to this question",
                "Answer yes, no, some or don't know.",
            )
        for kind in kinds:
            self.triples.append((subject, HRGE("has"), ox.NamedNode(answers[kind].iri)))

    def without(self, subject: ox.NamedNode, node: yaml.Node, *, programme: bool) -> None:
        """Read the kinds of people that a group or programme does not have."""
        schemes = self.vocabulary.schemes_of(programme=programme)
        for value in self.values(node):
            with self.gathered():
                concept = self.concept(value, *schemes)
                self.triples.append((subject, HRGE("hasNot"), ox.NamedNode(concept.iri)))

    # answers

    def answers(self, key: yaml.Node, node: yaml.Node) -> None:
        """Read the answers to one question."""
        name = self.scalar(key)
        aspects = self.vocabulary.aspects
        former = name not in aspects and plain_key(name) in self.vocabulary.former
        if former and all(map(is_blank, self.values(node))):
            return
        aspect = aspects.get(name) or self.renamed(
            key, name, {one.iri: one for one in aspects.values()}
        )
        if aspect is None:
            if self.is_left_out(key, name):
                return
            self.fail(
                key,
                f"the form has no question “{name}”",
                f"See `hrge new` for all of them.{did_you_mean(name, self.vocabulary.aspects)}",
            )
        name = aspect.key
        for value in self.values(node):
            if is_blank(value):
                continue
            self.answer_count[name] = self.answer_count.get(name, 0) + 1
            statement = ox.NamedNode(
                f"{self.programme.value}/statement/{name}-{self.answer_count[name]}"
            )
            where = key if value is node else value
            self.add(statement, RDF_TYPE, HRGE("Statement"), where, f"answers.{name}")
            self.triples.append((self.programme, ox.NamedNode(aspect.iri), statement))
            with self.gathered():
                self.triples.extend(self.statement(statement, value, aspect.of_scheme))

    def statement(
        self, statement: ox.NamedNode, node: yaml.Node, of_scheme: str | None
    ) -> Iterator[Triple]:
        """The triples of one answer: a single word such as yes, or slots with their values."""
        if isinstance(node, yaml.ScalarNode):
            slots: dict[str, yaml.Node] = {"holds": node}
        else:
            before = len(self.mistakes.found)
            slots = self.keys(node, SLOTS)
            if "holds" not in slots and len(self.mistakes.found) == before:
                self.fail(
                    node,
                    "the answer itself is missing",
                    "Add holds: yes, in part, no, don't know or does not apply.",
                )
        for name in ("level", "by", "on"):
            if name in self.defaults:
                slots.setdefault(name, self.defaults[name])
        if "holds" in slots:
            with self.gathered():
                answer = self.answer(slots.pop("holds"))
                yield statement, HRGE("holds"), CONCEPT(answer)
        if "quantity" in slots:
            with self.gathered():
                slots["quantity"] = self.without_sign(slots["quantity"], slots.get("unit"))
                if "unit" in slots:
                    self.tell_small_percentage(slots["quantity"], slots["unit"])
        with self.gathered():
            if ("quantity" in slots) != ("unit" in slots):
                self.fail(
                    node,
                    "a quantity needs a unit, and a unit a quantity",
                    "Give both, as in quantity: 90, unit: days.",
                )
        slots.pop("holds", None)
        for name, value in slots.items():
            with self.gathered():
                yield from self.slot(statement, name, value, of_scheme)

    def slot(
        self, statement: ox.NamedNode, name: str, node: yaml.Node, of_scheme: str | None
    ) -> Iterator[Triple]:
        """The triples of one slot."""
        slot = SLOTS[name]
        scheme = slot.scheme or of_scheme
        if slot.kind == "concept" and scheme is None:
            self.fail(node, f"this question has no “{name}”", "Leave it out.")
        for value in self.values(node) if slot.several else [self.one(node)]:
            with self.gathered():
                yield statement, HRGE(slot.property), self.slot_value(value, slot, scheme)

    def slot_value(
        self, node: yaml.Node, slot: Slot, scheme: str | None
    ) -> ox.NamedNode | ox.Literal:
        """One value of a slot."""
        if slot.kind == "date":
            return self.date(node)
        if slot.kind == "number":
            return self.number(node)
        if slot.kind == "people" or scheme is None:
            return self.people(node)
        return ox.NamedNode(self.concept(node, scheme).iri)

    def find_people(self, name: str) -> ox.NamedNode | None:
        """The group, or kind of people, of this name in any spelling; groups come first."""
        group = self.groups.get(name) or self.groups.get(plain_key(name))
        if group:
            return group
        for scheme in self.vocabulary.schemes_of(programme=False):
            concept = self.vocabulary.in_scheme(scheme, name)
            if concept:
                return ox.NamedNode(concept.iri)
        return None

    def people(self, node: yaml.Node) -> ox.NamedNode:
        """The group, or kind of people, that is meant."""
        name = self.scalar(node)
        meant = self.find_people(name)
        if meant:
            return meant
        schemes = self.vocabulary.schemes_of(programme=False)
        if not self.groups_known and self.mistakes.found:
            return self.programme
        concepts = self.vocabulary.concepts_in(*schemes)
        now = self.renamed(node, name, {concept.iri: concept for concept in concepts})
        if now:
            return ox.NamedNode(now.iri)
        known = [*self.groups, *(concept.key for concept in concepts)]
        names = self.vocabulary.names_in(*schemes)
        several = self.how_to_write_several(node, name, lambda word: bool(self.find_people(word)))
        self.fail(
            node,
            f"“{name}” is neither a group of this form nor a kind of people",
            f"{several}Name one of: {', '.join(known)}.{did_you_mean(name, known, names)}",
        )
