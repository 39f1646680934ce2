"""Reads descriptions of programmes in RDF into the same graph as the YAML form gives.

This module finds out what each node of a file is; rdf_programme.py reads what it says. Every
property, class and concept is looked up in the vocabulary; an unknown one is refused, and the
nearest known one is offered.
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
    HRGE,
    PREFIXES,
    RDF_TYPE,
    shrink,
)
from ...parsing.files import file_name, printable, quoted, read_text
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
    PROGRAMME,
    SERVES,
    STATEMENT,
    node_name,
    split_iri,
)
from .triples import LocatedTriple, Node, ParsedTriples
from .turtle_parser import FORMATS, read_triples

RDF_ENDINGS = tuple(FORMATS)


def read_rdf(path: Path, vocabulary: Vocabulary) -> list[Description]:
    """All programmes that a file in Turtle, N-Triples or JSON-LD describes, at least one, in order.

    Raises InputError, with the line where it is known, for what a description cannot say.
    """
    return parse_rdf(read_text(path), file_name(path), path.suffix.lower(), vocabulary)


def parse_rdf(text: str, file: str, ending: str, vocabulary: Vocabulary) -> list[Description]:
    """The same, from a text in the format of an ending of RDF_ENDINGS."""
    own = context(vocabulary) if FORMATS[ending] == ox.RdfFormat.JSON_LD else {}
    return list(_Reader(read_triples(text, file, ending, own), file, vocabulary).descriptions())


class _Reader:
    """Sorts the triples of a file by what they are about, then reads programme by programme."""

    def __init__(self, parsed: ParsedTriples, file: str, vocabulary: Vocabulary) -> None:
        self.parsed = parsed
        self.file = file
        self.vocabulary = vocabulary
        self.aspects = {aspect.iri: aspect for aspect in vocabulary.aspects.values()}
        self.group_schemes = vocabulary.schemes_of(programme=False)
        self.programme_schemes = vocabulary.schemes_of(programme=True)
        self.by_subject: dict[Node, list[LocatedTriple]] = {}
        self.kinds: dict[Node, ox.NamedNode] = {}
        self.taken: set[str] = set()

    def descriptions(self) -> Iterator[Description]:
        # A triple that stands twice counts once, where it stands first.
        first = {triple[:3]: triple for triple in reversed(self.parsed.triples)}
        triples = list(first.values())[::-1]
        for triple in triples:
            self._check_terms(triple)
            self.by_subject.setdefault(triple.subject, []).append(triple)
        self._find_kinds(triples)
        self.taken = {node.value for node in self.by_subject if isinstance(node, ox.NamedNode)}
        programmes = [node for node in self.by_subject if self.kinds.get(node) == PROGRAMME]
        if not programmes:
            raise InputError(
                self.file,
                "this file describes no programme",
                "Give its node the type hrge:Programme.",
            )
        for node in self.by_subject:
            if node not in self.kinds:
                self._fail(
                    self.by_subject[node][0],
                    f"{node_name(node)} is neither a programme nor a group or statement of one",
                    self._remedy(node),
                )
        self._refuse_strays(triples)
        for programme in programmes:
            yield ProgrammeReader(self, programme).description()

    def _check_terms(self, triple: LocatedTriple) -> None:
        """Refuse what no description knows, before anything is made of it."""
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
        ) and triple.predicate.value not in {
            *BY_PROPERTY,
            *self.aspects,
        }:
            properties = [SERVES.value, HAS.value, HAS_NOT.value, *BY_PROPERTY, *self.aspects]
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
            close = difflib.get_close_matches(namespace[:200], PREFIXES.values(), n=1, cutoff=0.6)
            hint = f" Did you mean <{close[0]}>?" if close else ""
            self._fail(
                triple,
                f"the namespace <{printable(namespace)}> of the {what} {quoted(local)} is unknown",
                f"A description uses hrge: <{HRGE}>.{hint}",
            )
        by_local = {split_iri(iri)[1]: name for iri, name in known.items()}
        close = difflib.get_close_matches(local[:100], by_local, n=1, cutoff=0.5)
        hint = f" Did you mean {by_local[close[0]]}?" if close else ""
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
                self._kind(triple.subject, triple.object, triple)
        for triple in triples:
            if triple.predicate == SERVES:
                expected = GROUP
            elif triple.predicate.value in self.aspects:
                expected = STATEMENT
            else:
                continue
            if isinstance(triple.object, ox.Literal):
                example = "[ hrge:holds c:yes ]" if expected == STATEMENT else "[ hrge:has … ]"
                self._fail(
                    triple,
                    f"{node_name(triple.object)} cannot be {KINDS[expected]}",
                    f"Write a node, as in {example}.",
                )
            if triple.object not in self.by_subject:
                self._fail(
                    triple,
                    f"{node_name(triple.object)} is not described",
                    f"Describe {KINDS[expected]} under that name.",
                )
            self._kind(triple.object, expected, triple)

    def _kind(self, node: Node, kind: ox.NamedNode, triple: LocatedTriple) -> None:
        known = self.kinds.setdefault(node, kind)
        if known != kind:
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
        """Refuse nodes that would be lost, and statements that answer two questions.

        Lost would be a group that no programme serves, and a statement that answers nothing.
        """
        reached: dict[Node, LocatedTriple] = {}
        for triple in triples:
            if triple.predicate.value in self.aspects and isinstance(triple.object, Node):
                if triple.object in reached:
                    self._fail(
                        triple,
                        f"{node_name(triple.object)} answers more than one question",
                        "Write a statement for each.",
                    )
                reached[triple.object] = triple
            elif triple.predicate == SERVES and isinstance(triple.object, Node):
                reached[triple.object] = triple
        for node, kind in self.kinds.items():
            if kind != PROGRAMME and node not in reached:
                needed = "hrge:serves" if kind == GROUP else "the property of a question"
                self._fail(
                    self.by_subject[node][0],
                    f"{node_name(node)} belongs to no programme",
                    f"Lead to it with {needed}.",
                )

    def _fail(self, triple: LocatedTriple, problem: str, remedy: str) -> NoReturn:
        raise InputError(self.file, problem, remedy, line=triple.line)
