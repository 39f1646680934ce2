"""Reads descriptions of programmes in RDF into the same graph as the YAML form gives.

This module finds out what each node of a file is; rdf_programme.py reads what it says. Every
property, class and concept is looked up in the vocabulary; an unknown one is refused, and the
nearest known one is offered.
(docs/reference/form.md)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

import pyoxigraph as ox

from ...errors import InputError, Mistakes
from ...namespaces import (
    BASE,
    HRGE,
    PREFIXES,
    RDF_TYPE,
    shrink,
)
from ...parsing.files import Source, file_name, printable, quoted, read_text
from ...parsing.notes import Notes
from ...suggest import nearest
from ..description import Description
from ..jsonld_context import context
from ..slots import BY_PROPERTY
from ..vocabulary import Vocabulary
from .rdf_programme import ProgrammeReader
from .rdf_terms import (
    GROUP,
    HAS,
    HAS_NOT,
    IMPORTS,
    KINDS,
    LABEL,
    ONLY,
    PROGRAMME,
    SERVES,
    STATEMENT,
    node_name,
    split_iri,
)
from .triples import LocatedTriple, Node, ParsedTriples
from .turtle_parser import FORMATS, read_triples

RDF_ENDINGS = tuple(FORMATS)


def read_rdf(path: Source, vocabulary: Vocabulary, notes: Notes | None = None) -> list[Description]:
    """All programmes that a file in Turtle, N-Triples or JSON-LD describes, at least one, in order.

    Raises InputError for what a description cannot say: all mistakes, each with the line where it
    is known.
    """
    return parse_rdf(read_text(path), file_name(path), path.suffix.lower(), vocabulary, notes)


def parse_rdf(
    text: str, file: str, ending: str, vocabulary: Vocabulary, notes: Notes | None = None
) -> list[Description]:
    """The same as `read_rdf`, from a text; its format is that of files with this `ending`."""
    own = context(vocabulary) if FORMATS[ending] == ox.RdfFormat.JSON_LD else {}
    mistakes = Mistakes()
    parsed = read_triples(text, file, ending, own, mistakes)
    notes = notes or Notes(file)
    descriptions = _Reader(parsed, file, vocabulary, mistakes, notes).descriptions()
    mistakes.raise_found(by_line=True)
    return [replace(description, notes=notes.told()) for description in descriptions]


class _Reader:
    """Sorts the triples of a file by what they are about, then reads programme by programme.

    A triple with a mistake is left out. What follows from its absence is no mistake of its own.
    """

    def __init__(
        self,
        parsed: ParsedTriples,
        file: str,
        vocabulary: Vocabulary,
        mistakes: Mistakes,
        notes: Notes,
    ) -> None:
        self.parsed = parsed
        self.mistakes = mistakes
        self.notes = notes
        self.left_out: set[Node] = set()
        """The subjects and objects of the triples that were left out."""
        self.unclear: set[Node] = set()
        """The nodes that are of two kinds at once."""
        self.partial = bool(mistakes.found)
        self.file = file
        self.vocabulary = vocabulary
        self.aspects = {aspect.iri: aspect for aspect in vocabulary.aspects.values()}
        self.former = {former.iri: former for former in vocabulary.former.values()}
        self.group_schemes = vocabulary.schemes_of(programme=False)
        self.programme_schemes = vocabulary.schemes_of(programme=True)
        self.by_subject: dict[Node, list[LocatedTriple]] = {}
        self.kinds: dict[Node, ox.NamedNode] = {}
        self.taken: set[str] = set()

    def descriptions(self) -> list[Description]:
        """The programmes that could be read; all mistakes are gathered."""
        # A triple that stands twice counts once, where it stands first.
        first = {triple[:3]: triple for triple in reversed(self.parsed.triples)}
        triples: list[LocatedTriple] = []
        for triple in list(first.values())[::-1]:
            before = len(triples)
            with self.mistakes.gathered():
                if self.former:
                    triple = self._with_present_terms(triple)
                self._check_terms(triple)
                self.by_subject.setdefault(triple.subject, []).append(triple)
                triples.append(triple)
            if len(triples) == before:
                ends = (triple.subject, triple.object)
                self.left_out |= {node for node in ends if isinstance(node, Node)}
        self._find_kinds(triples)
        self.taken = {node.value for node in self.by_subject if isinstance(node, ox.NamedNode)}
        programmes = [node for node in self.by_subject if self.is_a(node, PROGRAMME)]
        for node in self.by_subject:
            with self.mistakes.gathered():
                if node not in self.kinds and node not in self.left_out:
                    self._fail(
                        self.by_subject[node][0],
                        f"{node_name(node)} is neither a programme nor a group or statement of one",
                        self._remedy(node),
                    )
        self._refuse_strays(triples)
        found = []
        for programme in programmes:
            with self.mistakes.gathered():
                found.append(ProgrammeReader(self, programme).description())
        if not programmes and not self.mistakes.found:
            raise InputError(
                self.file,
                "this file describes no programme",
                "Give its node the type hrge:Programme.",
            )
        return found

    def is_a(self, node: Node | ox.Literal, kind: ox.NamedNode) -> bool:
        """Whether a node of the file is of a kind, and of no other."""
        return (
            isinstance(node, Node)
            and node in self.by_subject
            and self.kinds.get(node) == kind
            and node not in self.unclear
        )

    def _with_present_terms(self, triple: LocatedTriple) -> LocatedTriple:
        """The triple with what took the place of terms of an earlier version; it is told."""
        predicate = self._present(triple, triple.predicate)
        value = triple.object
        if isinstance(value, ox.NamedNode):
            value = self._present(triple, value)
        return triple._replace(predicate=predicate, object=value)

    def _present(self, triple: LocatedTriple, term: ox.NamedNode) -> ox.NamedNode:
        former = self.former.get(term.value)
        if former is None:
            return term
        now = [shrink(iri) for iri in former.replaced_by]
        since = f"since version {former.version} of the form"
        if len(now) != 1:
            self._fail(
                triple,
                f"{since} {quoted(shrink(former.iri))} is none of its terms",
                f"Use {' or '.join(now)}." if now else "Remove what is said with it.",
            )
        told = f"{shrink(former.iri)} is called {now[0]} {since}, and is read as that"
        self.notes.add(told, line=triple.line)
        return ox.NamedNode(former.replaced_by[0])

    def _check_terms(self, triple: LocatedTriple) -> None:
        """Refuse a triple with a term that descriptions do not have."""
        if triple.predicate == IMPORTS:
            self._fail(
                triple,
                "owl:imports would fetch another file, and hrge fetches nothing",
                "Remove it.",
            )
        if triple.predicate == RDF_TYPE:
            if triple.object not in KINDS:
                known = {kind.value: shrink(kind.value) for kind in KINDS}
                self._unknown(triple, triple.object, "class", known)
        elif triple.predicate not in (
            LABEL,
            SERVES,
            HAS,
            HAS_NOT,
            ONLY,
        ) and triple.predicate.value not in {
            *BY_PROPERTY,
            *self.aspects,
        }:
            terms = (SERVES, HAS, HAS_NOT, ONLY)
            properties = [*(term.value for term in terms), *BY_PROPERTY, *self.aspects]
            self._unknown(
                triple, triple.predicate, "property", {iri: shrink(iri) for iri in properties}
            )
        if isinstance(triple.subject, ox.NamedNode) and triple.subject not in self.by_subject:
            self._check_name(triple, triple.subject.value)

    def _unknown(
        self, triple: LocatedTriple, term: Node | ox.Literal, what: str, known: Mapping[str, str]
    ) -> NoReturn:
        if not isinstance(term, ox.NamedNode):
            self._fail(
                triple,
                f"{node_name(term)} cannot be a {what}",
                f"Use one of: {', '.join(known.values())}.",
            )
        namespace, local = split_iri(term.value)
        if namespace not in PREFIXES.values():
            near = difflib.get_close_matches(namespace[:200], PREFIXES.values(), n=1, cutoff=0.6)
            hint = f" Did you mean <{near[0]}>?" if near else ""
            self._fail(
                triple,
                f"the namespace <{printable(namespace)}> of the {what} {quoted(local)} is unknown",
                f"A description uses hrge: <{HRGE}>.{hint}",
            )
        close = nearest(local[:100], (), {split_iri(iri)[1]: name for iri, name in known.items()})
        hint = f" Did you mean {close}?" if close else ""
        self._fail(
            triple,
            f"a description has no {what} {quoted(shrink(term.value))}",
            f"Use those of the form; `hrge new` shows them.{hint}",
        )

    def _check_name(self, triple: LocatedTriple, iri: str) -> None:
        """A description is about its programmes, groups and statements, and about nothing else."""
        ours = iri.startswith(BASE) and not iri.startswith(PREFIXES["programme"])
        if ours or iri.startswith(
            tuple(space for name, space in PREFIXES.items() if name != "programme")
        ):
            self._fail(
                triple,
                f"{quoted(shrink(iri))} belongs to a vocabulary; "
                "a description cannot state anything about it",
                "Use a name of your own for the programme, group or statement.",
            )
        if (
            not iri.startswith(("http://", "https://", "urn:"))
            or not iri.isprintable()
            or len(iri) > 500
        ):
            self._fail(
                triple,
                f"{quoted(iri)} cannot name a programme, group or statement",
                "Use a short IRI that begins with https:// or urn:.",
            )
        if re.search(r"/view/[0-9a-f]{32}$", iri):
            self._fail(
                triple, f"{quoted(iri)} looks like a name that hrge gives", "Choose another."
            )

    def _find_kinds(self, triples: list[LocatedTriple]) -> None:
        """The kind of every node: by its type, or by what leads to it."""
        for triple in triples:
            if triple.predicate == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
                with self.mistakes.gathered():
                    self._kind(triple.subject, triple.object, triple)
        for triple in triples:
            if triple.predicate == SERVES or triple.predicate.value in self.aspects:
                with self.mistakes.gathered():
                    self._lead(triple, GROUP if triple.predicate == SERVES else STATEMENT)
        for node in self.left_out & self.by_subject.keys():
            # Its type was left out, but it has properties that only a programme has.
            if any(self._leads(triple) for triple in self.by_subject[node]):
                self.kinds.setdefault(node, PROGRAMME)

    def _leads(self, triple: LocatedTriple) -> bool:
        return triple.predicate == SERVES or triple.predicate.value in self.aspects

    def _lead(self, triple: LocatedTriple, expected: ox.NamedNode) -> None:
        """Learn what the object of a triple is, if the property leads to groups or statements."""
        if isinstance(triple.object, ox.Literal):
            example = "[ hrge:holds c:yes ]" if expected == STATEMENT else "[ hrge:has … ]"
            self._fail(
                triple,
                f"{node_name(triple.object)} cannot be {KINDS[expected]}",
                f"Write a node, as in {example}.",
            )
        if triple.object not in self.by_subject:
            if triple.object in self.left_out or self.partial:
                return
            self._fail(
                triple,
                f"{node_name(triple.object)} is not described",
                f"Describe {KINDS[expected]} under that name.",
            )
        self._kind(triple.object, expected, triple)

    def _kind(self, node: Node, kind: ox.NamedNode, triple: LocatedTriple) -> None:
        known = self.kinds.setdefault(node, kind)
        if known != kind:
            self.unclear.add(node)
            self._fail(
                triple,
                f"{node_name(node)} is {KINDS[known]} and {KINDS[kind]} at once",
                "Use two nodes.",
            )

    def _remedy(self, node: Node) -> str:
        predicates = {triple.predicate for triple in self.by_subject[node]}
        if predicates & {SERVES} or {p.value for p in predicates} & set(self.aspects):
            return "Give it the type hrge:Programme."
        return "Give it a type, and lead to it from a programme."

    def _refuse_strays(self, triples: list[LocatedTriple]) -> None:
        """Refuse groups that no programme serves, and statements that answer no question or two.

        Otherwise a description would lose them.
        """
        reached: dict[Node, LocatedTriple] = {}
        for triple in triples:
            if triple.predicate.value in self.aspects and isinstance(triple.object, Node):
                with self.mistakes.gathered():
                    if triple.object in reached and triple.object not in self.unclear:
                        self._fail(
                            triple,
                            f"{node_name(triple.object)} answers more than one question",
                            "Write a statement for each.",
                        )
                reached[triple.object] = triple
            elif triple.predicate == SERVES and isinstance(triple.object, Node):
                reached[triple.object] = triple
        for node, kind in self.kinds.items():
            if kind == PROGRAMME or node in reached or node in self.left_out:
                continue
            needed = "hrge:serves" if kind == GROUP else "the property of a question"
            with self.mistakes.gathered():
                self._fail(
                    self.by_subject[node][0],
                    f"{node_name(node)} belongs to no programme",
                    f"Lead to it with {needed}.",
                )

    def _fail(self, triple: LocatedTriple, problem: str, remedy: str) -> NoReturn:
        raise InputError(self.file, problem, remedy, line=triple.line)
