"""Reads one programme, its groups and its statements out of the nodes of an RDF file.

The values are those of the form. (docs/reference/form.md)
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import NoReturn, Protocol

import pyoxigraph as ox

from ...errors import InputError, Mistakes
from ...namespaces import (
    CONCEPT,
    PREFIXES,
    RDF,
    RDF_TYPE,
    XSD,
    shrink,
)
from ...parsing.characters import fold_title
from ...parsing.files import clean_title, is_short_name, quoted, title_problem
from ...parsing.notes import Notes
from ...suggest import did_you_mean
from ..description import Description, Place, Triple
from ..slots import (
    BY_PROPERTY,
    DATE_TYPES,
    MIDNIGHT,
    Slot,
    calendar_note,
    date_literal,
    number_literal,
)
from ..vocabulary import Aspect, Concept, Vocabulary
from .rdf_terms import (
    GROUP,
    HAS,
    HAS_NOT,
    HOLDS,
    LABEL,
    ONLY,
    PROGRAMME,
    SERVES,
    STATEMENT,
    node_name,
    split_iri,
)
from .triples import LocatedTriple, Node, ParsedTriples

_NUMBERS = tuple(
    XSD + name for name in ("decimal", "integer", "double", "nonNegativeInteger", "int")
)


_DATE_TIME = XSD("dateTime")
PROGRAMME_NAME = ox.NamedNode(PREFIXES["programme"] + "programme")
"""The name (IRI) of a programme whose own name is refused."""


class RdfNodes(Protocol):
    """What is known of the nodes of a file before a programme is read."""

    file: str
    vocabulary: Vocabulary
    parsed: ParsedTriples
    mistakes: Mistakes
    notes: Notes
    left_out: set[Node]
    aspects: dict[str, Aspect]
    group_schemes: list[str]
    programme_schemes: list[str]
    by_subject: dict[Node, list[LocatedTriple]]
    kinds: dict[Node, ox.NamedNode]
    taken: set[str]
    """The IRIs that are in the file, which no blank node may get as its name."""

    def is_a(self, node: Node | ox.Literal, kind: ox.NamedNode) -> bool:
        """Whether a node of the file is of a kind, and of no other."""


class ProgrammeReader:
    """Reads one programme, after `rdf_reader` has found out what each node of the file is."""

    def __init__(self, reader: RdfNodes, node: Node) -> None:
        self.reader = reader
        self.node = node
        self.vocabulary = reader.vocabulary
        self.own_triples = reader.by_subject[node]
        self.triples: dict[Triple, None] = {}
        self.places: dict[str, Place] = {}
        self.names: dict[Node, ox.NamedNode] = {}
        self.labels: set[str] = set()
        self.numbers: dict[str, int] = {}

    def description(self) -> Description:
        """The programme with its groups and statements."""
        self.iri = PROGRAMME_NAME
        with self._gathered():
            self.iri = self._programme_iri()
        self.names[self.node] = self.iri
        title = ""
        with self._gathered():
            title = self._title()
        self._add(self.iri, RDF_TYPE, PROGRAMME)
        self._add(self.iri, LABEL, ox.Literal(title))
        self._place(self.node, "programme")
        self._has(self.node, self.reader.programme_schemes, "kinds of programmes")
        groups = [
            triple
            for triple in self.own_triples
            if triple.predicate == SERVES and self.reader.is_a(triple.object, GROUP)
        ]
        for triple in groups:
            with self._gathered():
                self._name_group(triple)
        for triple in groups:
            with self._gathered():
                self._group(triple)
        for triple in self.own_triples:
            aspect = self.reader.aspects.get(triple.predicate.value)
            with self._gathered():
                if aspect is None:
                    if triple.predicate not in (RDF_TYPE, LABEL, SERVES, HAS, HAS_NOT):
                        self._misplaced(triple, "a programme")
                elif self.reader.is_a(triple.object, STATEMENT):
                    self._statement(triple, aspect)
        return Description(
            self.reader.file, self.iri.value, title, tuple(self.triples), self.places
        )

    def _gathered(self) -> AbstractContextManager[None]:
        return self.reader.mistakes.gathered()

    # programme and groups

    def _programme_iri(self) -> ox.NamedNode:
        if not isinstance(self.node, ox.NamedNode):
            self._fail(
                self.own_triples[0],
                "the programme has no name",
                "Give it an IRI, as in <my-shelter>.",
            )
        name = self.node.value.removeprefix(PREFIXES["programme"])
        if name != self.node.value and not is_short_name(name):
            self._fail(
                self.own_triples[0],
                f"{quoted(name)} is not a short name",
                "Use small letters, digits and hyphens, as in <my-shelter>.",
            )
        return self.node

    def _title(self) -> str:
        labels = [triple for triple in self.own_triples if triple.predicate == LABEL]
        if len(labels) > 1:
            self._fail(labels[1], "the programme has two titles", "Keep one of them.")
        if not labels:
            return clean_title(split_iri(self.iri.value.rstrip("/#"))[1]) or "programme"
        text = self._text(labels[0])
        problem = title_problem(text)
        if problem:
            self._fail(labels[0], *problem)
        title = fold_title(text)
        for told in title.changes:
            self.reader.notes.add(f"title: {told}", line=labels[0].line)
        return title.text

    def _name_group(self, triple: LocatedTriple) -> None:
        node = triple.object
        assert isinstance(node, Node)
        number = len(self.names)  # the programme stands there, and every group before this one
        self.names[node] = node if isinstance(node, ox.NamedNode) else self.iri
        labels = [s for s in self.reader.by_subject[node] if s.predicate == LABEL]
        if len(labels) > 1:
            self._fail(labels[1], "the group has two names", "Keep one of them.")
        label = self._text(labels[0]) if labels else ""
        if labels and not is_short_name(label):
            self._fail(
                labels[0],
                f"{quoted(label)} is not a short name",
                "Use small letters, digits and hyphens, as in young-women.",
            )
        if not isinstance(node, ox.NamedNode):
            self.names[node] = self._fresh("group", label or str(number))
        last = split_iri(self.names[node].value)[1]
        label = label or (
            last
            if is_short_name(last) and last not in self.labels
            else f"group-{len(self.labels) + 1}"
        )
        if label in self.labels:
            self._fail(
                (labels or [triple])[0],
                f"two groups of the programme are named {quoted(label)}",
                "Give one of them another name.",
            )
        self.labels.add(label)
        self._place(node, f"group {label}")
        self.triples[(self.names[node], LABEL, ox.Literal(label))] = None

    def _group(self, triple: LocatedTriple) -> None:
        assert isinstance(triple.object, Node)
        group = self.names[triple.object]
        self._add(group, RDF_TYPE, GROUP)
        self._add(self.iri, SERVES, group)
        self._has(triple.object, self.reader.group_schemes, "kinds of people")
        for one in self.reader.by_subject[triple.object]:
            with self._gathered():
                if one.predicate == ONLY:
                    self._only(group, one)
                elif one.predicate not in (RDF_TYPE, LABEL, HAS, HAS_NOT):
                    self._misplaced(one, "a group")

    def _only(self, group: ox.NamedNode, triple: LocatedTriple) -> None:
        """Read whether the kinds that are named are all that there are."""
        value = triple.object
        if not isinstance(value, ox.Literal) or value.datatype != XSD("boolean"):
            self._fail(triple, f"{node_name(value)} is not true or false", "Write hrge:only true.")
        if value.value in ("true", "1"):
            self._add(group, ONLY, ox.Literal(True))

    def _has(self, node: Node, schemes: list[str], what: str) -> None:
        for triple in self.reader.by_subject[node]:
            if triple.predicate in (HAS, HAS_NOT):
                with self._gathered():
                    concept = self._concept(triple, schemes, what)
                    self._add(self.names[node], triple.predicate, ox.NamedNode(concept.iri))

    # statements

    def _statement(self, triple: LocatedTriple, aspect: Aspect) -> None:
        node = triple.object
        assert isinstance(node, Node)
        self.names[node] = (
            node if isinstance(node, ox.NamedNode) else self._fresh("statement", aspect.key, 1)
        )
        statement = self.names[node]
        self._place(node, f"answer {shrink(aspect.iri)}")
        self._add(statement, RDF_TYPE, STATEMENT)
        self._add(self.iri, triple.predicate, statement)
        counts: dict[str, int] = {}
        slots = [one for one in self.reader.by_subject[node] if one.predicate != RDF_TYPE]
        for one in slots:
            if isinstance(one.object, ox.BlankNode) and one.object in self.reader.left_out:
                continue
            with self._gathered():
                slot = BY_PROPERTY.get(one.predicate.value)
                if slot is None:
                    self._misplaced(one, "a statement")
                counts[slot.property] = counts.get(slot.property, 0) + 1
                if counts[slot.property] > 1 and not slot.several:
                    self._fail(
                        one,
                        f"a statement has only one {shrink(one.predicate.value)}",
                        "Keep one, or write two statements.",
                    )
                self._add(statement, one.predicate, self._value(one, slot, aspect))
        if node in self.reader.left_out:
            return
        if HOLDS not in {one.predicate for one in slots}:
            self._fail(
                triple,
                "the answer itself is missing",
                "Add hrge:holds c:yes, c:in-part, c:no, c:dont-know or c:does-not-apply.",
            )
        if ("quantity" in counts) != ("quantityUnit" in counts):
            self._fail(
                triple,
                "a quantity needs a unit, and a unit a quantity",
                "Give both, as in hrge:quantity 90 ; hrge:quantityUnit c:days.",
            )

    def _value(
        self, triple: LocatedTriple, slot: Slot, aspect: Aspect
    ) -> ox.NamedNode | ox.Literal:
        if slot.kind == "date":
            return self._date(triple)
        if slot.kind == "number":
            return self._number(triple)
        if slot.kind == "people":
            return self._people(triple)
        scheme = slot.scheme or aspect.of_scheme
        if scheme is None:
            self._fail(
                triple,
                f"the question {shrink(aspect.iri)} has no hrge:{slot.property}",
                "Leave it out.",
            )
        label = self.vocabulary.scheme_labels.get(scheme, scheme)
        return ox.NamedNode(self._concept(triple, [scheme], label).iri)

    def _people(self, triple: LocatedTriple) -> ox.NamedNode:
        node = triple.object
        if isinstance(node, Node) and self.reader.kinds.get(node) == GROUP:
            if node not in self.names and node not in self.reader.left_out:
                self._fail(
                    triple,
                    f"{node_name(node)} is not a group of this programme",
                    "Lead to it with hrge:serves.",
                )
            return self.names.get(node, self.iri)
        return ox.NamedNode(
            self._concept(
                triple, self.reader.group_schemes, "groups of this programme and kinds of people"
            ).iri
        )

    # values

    def _concept(self, triple: LocatedTriple, schemes: list[str], what: str) -> Concept:
        term, of = triple.object, shrink(triple.predicate.value)
        known = {concept.iri: concept for concept in self.vocabulary.concepts_in(*schemes)}
        if isinstance(term, ox.NamedNode) and term.value in known:
            return known[term.value]
        listed = f"Use one of: {', '.join(f'c:{c.key}' for c in known.values())}."
        word = (
            split_iri(term.value)[1]
            if isinstance(term, ox.NamedNode)
            else ""
            if isinstance(term, ox.BlankNode)
            else term.value
        )
        close = next(
            (c.key for s in schemes if (c := self.vocabulary.in_scheme(s, word[:100]))), None
        )
        hint = (
            f" Did you mean c:{close}?"
            if close
            else did_you_mean(word[:100], (c.key for c in known.values()))
        )
        if not isinstance(term, ox.NamedNode):
            self._fail(
                triple, f"{of} needs a concept, and {node_name(term)} is not one", listed + hint
            )
        if not term.value.startswith(CONCEPT):
            self._fail(
                triple,
                f"{quoted(shrink(term.value))} is not a concept; "
                f"concepts begin with c: <{CONCEPT}>",
                listed + hint,
            )
        self._fail(triple, f"{quoted(shrink(term.value))} is not among the {what}", listed + hint)

    def _date(self, triple: LocatedTriple) -> ox.Literal:
        """A date as exact as it is written.

        JSON-LD has one type for a key: our context makes xsd:date of a year, too.
        """
        date = None
        types = (*DATE_TYPES, _DATE_TIME)
        if isinstance(triple.object, ox.Literal) and triple.object.datatype in types:
            text = triple.object.value
            date = date_literal(MIDNIGHT.sub("", text))
            if date is not None and date.value != text:
                told = f"“{text}” is read as the day {date.value}"
                self.reader.notes.add(told, line=triple.line)
        if date is None:
            self._fail(
                triple,
                f"{node_name(triple.object)} is not a date",
                'Write "2025-03-01"^^xsd:date, "2025-03"^^xsd:gYearMonth or "2025"^^xsd:gYear.',
            )
        if note := calendar_note(date.value):
            self.reader.notes.add(note, line=triple.line)
        return date

    def _number(self, triple: LocatedTriple) -> ox.Literal:
        number = None
        if isinstance(triple.object, ox.Literal) and triple.object.datatype.value in _NUMBERS:
            number = number_literal(triple.object.value)
        if number is None:
            self._fail(
                triple,
                f"{node_name(triple.object)} is not a number",
                "Write a plain number without quotation marks, and its unit as hrge:quantityUnit.",
            )
        return number

    def _text(self, triple: LocatedTriple) -> str:
        if not isinstance(triple.object, ox.Literal) or triple.object.datatype.value not in (
            XSD + "string",
            RDF + "langString",
        ):
            self._fail(
                triple,
                f"{node_name(triple.object)} is not a text",
                "Write a text in quotation marks.",
            )
        return triple.object.value

    # names and places

    def _fresh(self, kind: str, name: str, number: int | None = None) -> ox.NamedNode:
        """A name (IRI) for a blank node, which begins with the programme's.

        It is the same each time the file is read, and no other node of the file has it.
        """
        stem = f"{self.iri.value.rstrip('/')}/{kind}/{name}"
        tried = stem if number is None else f"{stem}-{number}"
        count = self.numbers.get(stem, number or 1)
        while tried in self.reader.taken:
            count += 1
            tried = f"{stem}-{count}"
        self.numbers[stem] = count
        self.reader.taken.add(tried)
        return ox.NamedNode(tried)

    def _add(
        self, subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal
    ) -> None:
        self.triples[(subject, predicate, value)] = None

    def _place(self, node: Node, key: str) -> None:
        self.places[self.names[node].value] = Place(
            self.reader.file, self.reader.parsed.lines.get(node), key
        )

    def _misplaced(self, triple: LocatedTriple, what: str) -> NoReturn:
        name = shrink(triple.predicate.value)
        at_home = (
            "a programme"
            if triple.predicate == SERVES or triple.predicate.value in self.reader.aspects
            else "a statement"
        )
        if triple.predicate in (LABEL, HAS, HAS_NOT):
            at_home = "a programme or group"
        elif triple.predicate == ONLY:
            at_home = "a group"
        self._fail(
            triple, f"{name} belongs to {at_home}, and this is {what}", f"State it of {at_home}."
        )

    def _fail(self, triple: LocatedTriple, problem: str, remedy: str) -> NoReturn:
        raise InputError(self.reader.file, problem, remedy, line=triple.line)
