"""Bridges to other vocabularies only bridge, and name no term that is not pinned.

What they say to a reasoner is in test_owl.py.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from owl import turtle_in
from paths import ROOT

from hrge_kg.namespaces import (
    CONCEPT,
    HRGE,
    OA,
    OWL,
    RDF,
    RDFS,
    SKOS,
)

BRIDGES = turtle_in(ROOT / "ontology" / "alignments")
EXTRACTS = turtle_in(ROOT / "ontology" / "imports")
OURS = (HRGE, CONCEPT)
LANGUAGE = (RDF, RDFS, OWL)
MAPPINGS = {SKOS + name for name in ("closeMatch", "relatedMatch", "broadMatch")}
AXIOMS = {RDFS + "subClassOf", RDFS + "subPropertyOf"}


def triples(*files: Path) -> list[ox.Triple]:
    return [
        quad.triple
        for file in files
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    ]


DECLARED = {t.subject.value for t in triples(*EXTRACTS) if isinstance(t.subject, ox.NamedNode)}


@pytest.mark.parametrize("bridge", BRIDGES, ids=lambda path: path.stem)
def test_every_external_term_is_pinned(bridge: Path) -> None:
    named = {
        node.value
        for t in triples(bridge)
        for node in (t.subject, t.predicate, t.object)
        if isinstance(node, ox.NamedNode)
    }
    external = {iri for iri in named if not iri.startswith((*OURS, *LANGUAGE))}
    assert external - MAPPINGS <= DECLARED
    assert external & MAPPINGS <= DECLARED


@pytest.mark.parametrize("bridge", BRIDGES, ids=lambda path: path.stem)
def test_bridges_only_bridge(bridge: Path) -> None:
    for triple in triples(bridge):
        if isinstance(triple.subject, ox.NamedNode):
            assert triple.predicate.value in AXIOMS | MAPPINGS
            assert triple.subject.value.startswith(OURS), (
                "an external term is described by its own vocabulary"
            )


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda path: path.stem)
def test_extracts_are_pinned_and_licensed(extract: Path) -> None:
    head = "".join(
        line
        for line in extract.read_text(encoding="utf-8").splitlines(True)
        if line.startswith("#")
    )
    assert "# From: " in head
    assert "icence" in head
    for subject in {t.subject for t in triples(extract)}:
        about = {t.predicate.value for t in triples(extract) if t.subject == subject}
        assert {
            RDF + "type",
            RDFS + "label",
            RDFS + "isDefinedBy",
        } <= about


def test_no_extract_declares_more_than_is_used() -> None:
    used_in = [
        *BRIDGES,
        *(
            path
            for folder in ("modules", "vocabularies", "aspects")
            for path in turtle_in(ROOT / "ontology" / folder)
        ),
    ]
    used = {
        node.value
        for t in triples(*used_in)
        for node in (t.subject, t.predicate, t.object)
        if isinstance(node, ox.NamedNode)
    }
    written_by_the_build = {OA + name for name in ("TextQuoteSelector", "suffix")}
    parents = {
        t.object.value
        for t in triples(*EXTRACTS)
        if t.predicate.value in AXIOMS and isinstance(t.object, ox.NamedNode)
    }
    assert DECLARED - used - parents <= written_by_the_build
