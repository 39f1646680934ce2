"""Reads a form into a Description, whether it comes from YAML, CSV or XLSX.

A form is read as a tree of YAML nodes: a node is a word (a scalar), a list (a sequence), or keys
with their values (a mapping), and knows its line. PyYAML makes the nodes of a YAML file; `tabular`
makes the same nodes from the cells of a table. So one reader serves all three formats.

Every key and value is looked up in the vocabulary, so a new aspect or concept needs no code.
(docs/reference/form.md)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import NoReturn

import pyoxigraph as ox
import yaml

from ...errors import InputError, Mistakes
from ...namespaces import CONCEPT, HRGE, PROGRAMME, RDF_TYPE, RDFS, local_name, term_text
from ...parsing.characters import fold_title, fold_word, named
from ...parsing.files import is_short_name, quoted, title_problem
from ...parsing.notes import Notes
from ...parsing.yaml_nodes import ALIAS, YamlNodes, column_of, line_of
from ...suggest import did_you_mean
from ..description import Description, Place, Triple
from ..slots import (
    DATE_ADVICE,
    MIDNIGHT,
    SLOTS,
    YEAR_AS_NUMBER,
    Slot,
    date_literal,
    number_literal,
    number_problem,
)
from ..vocabulary import Concept, Dimension, Vocabulary
from .tabular import cell_of, kind_of

HEAD = ("programme", "title", "answered", "groups", "answers", "without")
"""The keys that a form can have at the top, beside those of the dimensions."""

_ANSWERS_IN_WORDS = "Answer yes, in part, no, don't know or does not apply."
_BOOLEANS = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}


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


class FormReader(YamlNodes):
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
        super().__init__(file)
        self.notes = notes or Notes(file)
        self.vocabulary = vocabulary
        self.mistakes = mistakes or Mistakes()
        self.by_line = by_line
        self.programme = PROGRAMME("programme")
        self.programme_title = ""
        self.groups_known = True  # if not, a name in an answer may be of a group that was not read
        self.triples: list[Triple] = []
        self.places: dict[str, Place] = {}
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

    # keys, names and places

    def gathered(self) -> AbstractContextManager[None]:
        """Keeps the mistake that ends a `with` block; reading goes on after the block."""
        return self.mistakes.gathered()

    def refuse_alias(self, node: yaml.Node | yaml.Event) -> None:
        """Refuse an alias, and read on as if nothing stood there."""
        with self.gathered():
            super().refuse_alias(node)

    def fail(self, node: yaml.Node | yaml.Event, problem: str, remedy: str) -> NoReturn:
        """Raise InputError at the node's line, or at its cell."""
        if isinstance(node, yaml.Node) and node.tag == ALIAS:
            super().refuse_alias(node)
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
                    self.fail(
                        key,
                        f"the key “{name}” is unknown here",
                        f"Use one of: {', '.join(known)}.{did_you_mean(name, known)}",
                    )
                if not _is_blank(value):
                    found[name] = value
        return found

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
        title = fold_title(node.value)
        for told in title.changes:
            self.note(node, f"title: {told}")
        return title.text

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
            if not _is_blank(value):
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
        if not self.groups_known and self.mistakes.found:
            return self.programme
        known = [
            *self.groups,
            *(concept.key for concept in self.vocabulary.concepts_in(*schemes)),
        ]
        names = self.vocabulary.names_in(*schemes)
        self.fail(
            node,
            f"“{name}” is neither a group of this form nor a kind of people",
            f"Name one of: {', '.join(known)}.{did_you_mean(name, known, names)}",
        )

    # values

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
        known = [concept.key for concept in self.vocabulary.concepts_in(*schemes)]
        names = self.vocabulary.names_in(*schemes)
        labels = " or ".join(
            self.vocabulary.scheme_labels.get(scheme, scheme) for scheme in schemes[:3]
        )
        self.fail(
            node,
            f"“{name}” is not among the words for {labels}",
            f"Use one of: {', '.join(known)}.{did_you_mean(name, known, names)}",
        )

    def date(self, node: yaml.Node) -> ox.Literal:
        """A day, a month or a year; midnight is a day, which programs write with its time.

        In a table, a year may have become a number with a decimal place.
        """
        text = self.scalar(node, made="date")
        date = date_literal(text) or date_literal(MIDNIGHT.sub("", text))
        if date is None and cell_of(node):
            date = date_literal(YEAR_AS_NUMBER.sub("", text))
        if date is None:
            self.fail(node, f"“{text}” is not a date", DATE_ADVICE)
        if date.value != text:
            kind = "day" if "-" in date.value else "year"
            self.note(node, f"“{text}” is read as the {kind} {date.value}")
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


_MADE = {"date": "a date or a time", "boolean": "true or false", "percent": "a percentage"}
"""The kinds of cells that are no words, as messages name them."""


def _is_blank(node: yaml.Node) -> bool:
    """Whether a value is left blank, so that nothing is stated."""
    return (
        isinstance(node, yaml.ScalarNode)
        and node.style is None
        and (node.value in ("~", "null") or not fold_word(node.value).text.strip())
    )
