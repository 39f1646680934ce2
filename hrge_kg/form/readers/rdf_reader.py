"""Reads descriptions of programmes in RDF into the same graph as the YAML form gives, and writes that graph as Turtle.

Every property, class and concept is looked up in the vocabulary; what it does not know is refused, with the nearest it knows.
(docs/reference/form.md)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from ...errors import InputError
from ...namespaces import (
    BASE,
    CONCEPT,
    HRGE,
    OWL,
    PREFIXES,
    RDF,
    RDF_TYPE,
    RDFS,
    XSD,
    local_name,
    shrink,
)
from ...parsing.files import clean_title, file_name, is_short_name, printable, quoted, read_text
from ...suggest import did_you_mean
from ..description import Description, Place, Triple
from ..jsonld_context import context
from ..slots import BY_PROPERTY, Slot, date_literal, number_literal
from ..vocabulary import Aspect, Concept, Vocabulary
from .triples import LocatedTriple, Node, ParsedTriples
from .turtle_parser import FORMATS, read_triples

RDF_ENDINGS = tuple(FORMATS)


LABEL = RDFS("label")
IMPORTS = OWL("imports")
SERVES, HAS, HAS_NOT, HOLDS = HRGE("serves"), HRGE("has"), HRGE("hasNot"), HRGE("holds")
PROGRAMME, GROUP, STATEMENT = HRGE("Programme"), HRGE("ServedGroup"), HRGE("Statement")
KINDS: Mapping[ox.NamedNode, str] = {
    PROGRAMME: "a programme",
    GROUP: "a group",
    STATEMENT: "a statement",
}

_NUMBERS = tuple(
    XSD + name for name in ("decimal", "integer", "double", "nonNegativeInteger", "int")
)


def read_rdf(path: Path, vocabulary: Vocabulary) -> list[Description]:
    """All programmes that a file in Turtle, N-Triples or JSON-LD describes, in its order; there is at least one.

    Raises InputError, with the line where it is known, for whatever a description does not know.
    """
    return parse_rdf(read_text(path), file_name(path), path.suffix.lower(), vocabulary)


def parse_rdf(text: str, file: str, ending: str, vocabulary: Vocabulary) -> list[Description]:
    """The same, from a text in the format of an ending of RDF_ENDINGS."""
    own = context(vocabulary) if FORMATS[ending] == ox.RdfFormat.JSON_LD else {}
    return list(_Reader(read_triples(text, file, ending, own), file, vocabulary).descriptions())


class _Reader:
    """Sorts the triples of a file by what they are about, then reads programme by programme."""

    def __init__(self, read: ParsedTriples, file: str, vocabulary: Vocabulary) -> None:
        self.read = read
        self.file = file
        self.vocabulary = vocabulary
        self.aspects = {aspect.iri: aspect for aspect in vocabulary.aspects.values()}
        self.group_schemes = [
            local_name(d.iri) for d in vocabulary.dimensions.values() if not d.of_programme
        ]
        self.programme_schemes = [
            local_name(d.iri) for d in vocabulary.dimensions.values() if d.of_programme
        ]
        self.about: dict[Node, list[LocatedTriple]] = {}
        self.kinds: dict[Node, ox.NamedNode] = {}
        self.taken: set[str] = set()

    def descriptions(self) -> Iterator[Description]:
        said = list({s[:3]: s for s in reversed(self.read.said)}.values())[
            ::-1
        ]  # a triple said twice is said once
        for one in said:
            self._check_terms(one)
            self.about.setdefault(one.subject, []).append(one)
        self._sort(said)
        self.taken = {node.value for node in self.about if isinstance(node, ox.NamedNode)}
        programmes = [node for node in self.about if self.kinds.get(node) == PROGRAMME]
        if not programmes:
            raise InputError(
                self.file,
                "no programme is described here",
                "Give its node the type hrge:Programme.",
            )
        for node in self.about:
            if node not in self.kinds:
                self._fail(
                    self.about[node][0],
                    f"{_name(node)} is no programme, and no group or statement of one",
                    self._remedy(node),
                )
        self._refuse_strays(said)
        for programme in programmes:
            yield _Programme(self, programme).description()

    def _check_terms(self, said: LocatedTriple) -> None:
        """Refuse what no description knows, before anything is made of it."""
        if said.predicate == IMPORTS:
            self._fail(
                said, "owl:imports would fetch another file, and nothing is fetched", "Remove it."
            )
        if said.predicate == RDF_TYPE:
            if said.object not in KINDS:
                known = {kind.value: shrink(kind.value) for kind in KINDS}
                self._unknown(said, said.object, "class", known)
        elif said.predicate not in (LABEL, SERVES, HAS, HAS_NOT) and said.predicate.value not in {
            *BY_PROPERTY,
            *self.aspects,
        }:
            properties = [SERVES.value, HAS.value, HAS_NOT.value, *BY_PROPERTY, *self.aspects]
            self._unknown(
                said, said.predicate, "property", {iri: shrink(iri) for iri in properties}
            )
        if isinstance(said.subject, ox.NamedNode) and said.subject not in self.about:
            self._check_name(said, said.subject.value)

    def _unknown(
        self, said: LocatedTriple, term: Node | ox.Literal, what: str, known: Mapping[str, str]
    ) -> NoReturn:
        if not isinstance(term, ox.NamedNode):
            self._fail(
                said,
                f"{_name(term)} stands where a {what} is asked",
                f"Use one of: {', '.join(known.values())}.",
            )
        namespace, local = _split(term.value)
        if namespace not in PREFIXES.values():
            close = difflib.get_close_matches(namespace[:200], PREFIXES.values(), n=1, cutoff=0.6)
            hint = f" Did you mean <{close[0]}>?" if close else ""
            self._fail(
                said,
                f"the namespace <{printable(namespace)}> of the {what} {quoted(local)} is unknown",
                f"A description uses hrge: <{HRGE}>.{hint}",
            )
        by_local = {_split(iri)[1]: name for iri, name in known.items()}
        close = difflib.get_close_matches(local[:100], by_local, n=1, cutoff=0.5)
        hint = f" Did you mean {by_local[close[0]]}?" if close else ""
        self._fail(
            said,
            f"{quoted(shrink(term.value))} is no {what} that a description uses",
            f"Use those of the form; `hrge new` shows them.{hint}",
        )

    def _check_name(self, said: LocatedTriple, iri: str) -> None:
        """Descriptions speak of programmes, groups and statements, and of nothing that is already described elsewhere."""
        ours = iri.startswith(BASE) and not iri.startswith(PREFIXES["programme"])
        if ours or iri.startswith(
            tuple(space for name, space in PREFIXES.items() if name != "programme")
        ):
            self._fail(
                said,
                f"{quoted(shrink(iri))} belongs to a vocabulary, and a description says nothing of it",
                "Name a programme, group or statement of yours.",
            )
        if (
            not iri.startswith(("http://", "https://", "urn:"))
            or not iri.isprintable()
            or len(iri) > 500
        ):
            self._fail(
                said,
                f"{quoted(iri)} is no name for a programme, group or statement",
                "Use a short IRI that begins with https:// or urn:.",
            )
        if re.search(r"/view/[0-9a-f]{32}$", iri):
            self._fail(
                said, f"{quoted(iri)} looks like a name that this tool gives", "Choose another."
            )

    def _sort(self, said: list[LocatedTriple]) -> None:
        """The kind of every node: by its type, or by what leads to it."""
        for one in said:
            if one.predicate == RDF_TYPE and isinstance(one.object, ox.NamedNode):
                self._kind(one.subject, one.object, one)
        for one in said:
            expected = (
                GROUP
                if one.predicate == SERVES
                else STATEMENT
                if one.predicate.value in self.aspects
                else None
            )
            if expected is None:
                continue
            if isinstance(one.object, ox.Literal):
                example = "[ hrge:holds c:yes ]" if expected == STATEMENT else "[ hrge:has … ]"
                self._fail(
                    one,
                    f"{_name(one.object)} stands where {KINDS[expected]} is asked",
                    f"Write a node, as in {example}.",
                )
            if one.object not in self.about:
                self._fail(
                    one,
                    f"nothing is said of {_name(one.object)}",
                    f"Describe {KINDS[expected]} under that name.",
                )
            self._kind(one.object, expected, one)

    def _kind(self, node: Node, kind: ox.NamedNode, said: LocatedTriple) -> None:
        known = self.kinds.setdefault(node, kind)
        if known != kind:
            self._fail(
                said, f"{_name(node)} is {KINDS[known]} and {KINDS[kind]} at once", "Use two nodes."
            )

    def _remedy(self, node: Node) -> str:
        predicates = {said.predicate for said in self.about[node]}
        if predicates & {SERVES} or {p.value for p in predicates} & set(self.aspects):
            return "Give it the type hrge:Programme."
        return "Give it a type, and lead to it from a programme."

    def _refuse_strays(self, said: list[LocatedTriple]) -> None:
        """A group that no programme serves and a statement that answers nothing would be lost; one that answers two questions is two."""
        reached: dict[Node, LocatedTriple] = {}
        for one in said:
            if one.predicate.value in self.aspects and isinstance(one.object, Node):
                if one.object in reached:
                    self._fail(
                        one,
                        f"{_name(one.object)} answers more than one question",
                        "Write a statement for each.",
                    )
                reached[one.object] = one
            elif one.predicate == SERVES and isinstance(one.object, Node):
                reached[one.object] = one
        for node, kind in self.kinds.items():
            if kind != PROGRAMME and node not in reached:
                needed = "hrge:serves" if kind == GROUP else "the property of a question"
                self._fail(
                    self.about[node][0],
                    f"{_name(node)} belongs to no programme",
                    f"Lead to it with {needed}.",
                )

    def _fail(self, said: LocatedTriple, problem: str, remedy: str) -> NoReturn:
        raise InputError(self.file, problem, remedy, line=said.line)


class _Programme:
    """Reads one programme out of a sorted file."""

    def __init__(self, reader: _Reader, node: Node) -> None:
        self.reader = reader
        self.node = node
        self.vocabulary = reader.vocabulary
        self.said = reader.about[node]
        self.triples: dict[Triple, None] = {}
        self.places: dict[str, Place] = {}
        self.names: dict[Node, ox.NamedNode] = {}
        self.labels: set[str] = set()
        self.numbers: dict[str, int] = {}

    def description(self) -> Description:
        self.iri = self._programme_iri()
        self.names[self.node] = self.iri
        title = self._title()
        self._add(self.iri, RDF_TYPE, PROGRAMME)
        self._add(self.iri, LABEL, ox.Literal(title))
        self._place(self.node, "programme")
        self._has(self.node, self.reader.programme_schemes, "kinds of programmes")
        groups = [said for said in self.said if said.predicate == SERVES]
        for said in groups:
            self._name_group(said)
        for said in groups:
            self._group(said)
        for said in self.said:
            aspect = self.reader.aspects.get(said.predicate.value)
            if aspect is not None:
                self._statement(said, aspect)
            elif said.predicate not in (RDF_TYPE, LABEL, SERVES, HAS, HAS_NOT):
                self._misplaced(said, "a programme")
        return Description(
            self.reader.file, self.iri.value, title, tuple(self.triples), self.places
        )

    # programme and groups

    def _programme_iri(self) -> ox.NamedNode:
        if not isinstance(self.node, ox.NamedNode):
            self._fail(
                self.said[0], "the programme has no name", "Give it an IRI, as in <my-shelter>."
            )
        name = self.node.value.removeprefix(PREFIXES["programme"])
        if name != self.node.value and not is_short_name(name):
            self._fail(
                self.said[0],
                f"{quoted(name)} is no short name",
                "Use small letters, digits and hyphens, as in <my-shelter>.",
            )
        return self.node

    def _title(self) -> str:
        labels = [said for said in self.said if said.predicate == LABEL]
        if len(labels) > 1:
            self._fail(labels[1], "the programme has two titles", "Keep one of them.")
        if not labels:
            return clean_title(_split(self.iri.value.rstrip("/#"))[1]) or "programme"
        title = clean_title(self._text(labels[0]))
        if title is None:
            self._fail(
                labels[0],
                "the title is empty, too long, or has a character that does not print",
                "Write one short line.",
            )
        return title

    def _name_group(self, said: LocatedTriple) -> None:
        node = said.object
        assert isinstance(node, Node)
        labels = [s for s in self.reader.about[node] if s.predicate == LABEL]
        if len(labels) > 1:
            self._fail(labels[1], "the group has two names", "Keep one of them.")
        label = self._text(labels[0]) if labels else ""
        if labels and not is_short_name(label):
            self._fail(
                labels[0],
                f"{quoted(label)} is no short name",
                "Use small letters, digits and hyphens, as in young-women.",
            )
        if isinstance(node, ox.NamedNode):
            self.names[node] = node
        else:  # the programme stands in names, and every group before this one
            self.names[node] = self._fresh("group", label or str(len(self.names)))
        last = _split(self.names[node].value)[1]
        label = label or (
            last
            if is_short_name(last) and last not in self.labels
            else f"group-{len(self.labels) + 1}"
        )
        if label in self.labels:
            self._fail(
                (labels or [said])[0],
                f"two groups of the programme are named {quoted(label)}",
                "Name one of them otherwise.",
            )
        self.labels.add(label)
        self._place(node, f"group {label}")
        self.triples[(self.names[node], LABEL, ox.Literal(label))] = None

    def _group(self, said: LocatedTriple) -> None:
        assert isinstance(said.object, Node)
        group = self.names[said.object]
        self._add(group, RDF_TYPE, GROUP)
        self._add(self.iri, SERVES, group)
        self._has(said.object, self.reader.group_schemes, "kinds of people")
        for one in self.reader.about[said.object]:
            if one.predicate not in (RDF_TYPE, LABEL, HAS, HAS_NOT):
                self._misplaced(one, "a group")

    def _has(self, node: Node, schemes: list[str], what: str) -> None:
        for said in self.reader.about[node]:
            if said.predicate in (HAS, HAS_NOT):
                concept = self._concept(said, schemes, what)
                self._add(self.names[node], said.predicate, ox.NamedNode(concept.iri))

    # statements

    def _statement(self, said: LocatedTriple, aspect: Aspect) -> None:
        node = said.object
        assert isinstance(node, Node)
        self.names[node] = (
            node if isinstance(node, ox.NamedNode) else self._fresh("statement", aspect.key, 1)
        )
        statement = self.names[node]
        self._place(node, f"answer {shrink(aspect.iri)}")
        self._add(statement, RDF_TYPE, STATEMENT)
        self._add(self.iri, said.predicate, statement)
        counts: dict[str, int] = {}
        slots = [one for one in self.reader.about[node] if one.predicate != RDF_TYPE]
        for one in slots:
            slot = BY_PROPERTY.get(one.predicate.value)
            if slot is None:
                self._misplaced(one, "a statement")
            counts[slot.property] = counts.get(slot.property, 0) + 1
            if counts[slot.property] > 1 and not slot.several:
                self._fail(
                    one,
                    f"{shrink(one.predicate.value)} is said twice of one statement",
                    "Keep one, or write two statements.",
                )
            self._add(statement, one.predicate, self._value(one, slot, aspect))
        if HOLDS not in {one.predicate for one in slots}:
            self._fail(
                said,
                "the answer itself is missing",
                "Add hrge:holds c:yes, c:in-part, c:no, c:dont-know or c:does-not-apply.",
            )
        if ("quantity" in counts) != ("quantityUnit" in counts):
            self._fail(
                said,
                "a quantity needs a unit, and a unit a quantity",
                "Give both, as in hrge:quantity 90 ; hrge:quantityUnit c:days.",
            )

    def _value(self, said: LocatedTriple, slot: Slot, aspect: Aspect) -> ox.NamedNode | ox.Literal:
        if slot.kind == "date":
            return self._date(said)
        if slot.kind == "number":
            return self._number(said)
        if slot.kind == "people":
            return self._people(said)
        scheme = slot.scheme or aspect.of_scheme
        if scheme is None:
            self._fail(
                said,
                f"the question {shrink(aspect.iri)} has no hrge:{slot.property}",
                "Leave it out.",
            )
        label = self.vocabulary.scheme_labels.get(scheme, scheme)
        return ox.NamedNode(self._concept(said, [scheme], label).iri)

    def _people(self, said: LocatedTriple) -> ox.NamedNode:
        node = said.object
        if isinstance(node, Node) and self.reader.kinds.get(node) == GROUP:
            if node not in self.names:
                self._fail(
                    said,
                    f"{_name(node)} is no group of this programme",
                    "Lead to it with hrge:serves.",
                )
            return self.names[node]
        return ox.NamedNode(
            self._concept(
                said, self.reader.group_schemes, "groups of this programme and kinds of people"
            ).iri
        )

    # values

    def _concept(self, said: LocatedTriple, schemes: list[str], what: str) -> Concept:
        term, of = said.object, shrink(said.predicate.value)
        known = {
            concept.iri: concept
            for scheme in schemes
            for concept in self.vocabulary.by_scheme.get(scheme, ())
        }
        if isinstance(term, ox.NamedNode) and term.value in known:
            return known[term.value]
        listed = f"Use one of: {', '.join(f'c:{c.key}' for c in known.values())}."
        word = (
            _split(term.value)[1]
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
            self._fail(said, f"{of} asks for a concept, and {_name(term)} is none", listed + hint)
        if not term.value.startswith(CONCEPT):
            self._fail(
                said,
                f"{quoted(shrink(term.value))} is no concept; concepts begin with c: <{CONCEPT}>",
                listed + hint,
            )
        self._fail(said, f"{quoted(shrink(term.value))} is not among the {what}", listed + hint)

    def _date(self, said: LocatedTriple) -> ox.Literal:
        day = None
        if isinstance(said.object, ox.Literal) and said.object.datatype.value == XSD + "date":
            day = date_literal(said.object.value)
        if day is None:
            self._fail(said, f"{_name(said.object)} is no day", 'Write "2025-03-01"^^xsd:date.')
        return day

    def _number(self, said: LocatedTriple) -> ox.Literal:
        number = None
        if isinstance(said.object, ox.Literal) and said.object.datatype.value in _NUMBERS:
            number = number_literal(said.object.value)
        if number is None:
            self._fail(
                said,
                f"{_name(said.object)} is no number",
                "Write a plain number, without quotation marks, and what it counts as hrge:quantityUnit.",
            )
        return number

    def _text(self, said: LocatedTriple) -> str:
        if not isinstance(said.object, ox.Literal) or said.object.datatype.value not in (
            XSD + "string",
            RDF + "langString",
        ):
            self._fail(said, f"{_name(said.object)} is no text", "Write a text in quotation marks.")
        return said.object.value

    # names and places

    def _fresh(self, kind: str, name: str, number: int | None = None) -> ox.NamedNode:
        """A name below the programme's for a blank node: the same on every reading, and no author's."""
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
            self.reader.file, self.reader.read.lines.get(node), key
        )

    def _misplaced(self, said: LocatedTriple, what: str) -> NoReturn:
        name = shrink(said.predicate.value)
        at_home = (
            "a programme"
            if said.predicate == SERVES or said.predicate.value in self.reader.aspects
            else "a statement"
        )
        if said.predicate in (LABEL, HAS, HAS_NOT):
            at_home = "a programme or group"
        self._fail(
            said, f"{name} is said of {at_home}, and this is {what}", f"Say it of {at_home}."
        )

    def _fail(self, said: LocatedTriple, problem: str, remedy: str) -> NoReturn:
        raise InputError(self.reader.file, problem, remedy, line=said.line)


def _split(iri: str) -> tuple[str, str]:
    """Namespace and local name: at the last # or /, else at the last colon."""
    at = max(iri.rfind("#"), iri.rfind("/"))
    at = at if at >= 0 else iri.rfind(":")
    return iri[: at + 1], iri[at + 1 :]


def _name(term: Node | ox.Literal) -> str:
    if isinstance(term, ox.BlankNode):
        return "a nameless node"
    return (
        f"the text {quoted(term.value)}"
        if isinstance(term, ox.Literal)
        else quoted(shrink(term.value))
    )
