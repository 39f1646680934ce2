"""Bridges to other vocabularies only bridge, name no term that is not pinned, and say what they
should to a reasoner.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from owl import needs_java, reasoned_graph, turtle_in
from paths import ROOT

from hrge_kg.namespaces import (
    CONCEPT,
    DOCUMENT,
    HRGE,
    NORM,
    OA,
    OWL,
    PREFIXES,
    PROVISION,
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


def test_reasoner_draws_the_bridges(tmp_path: Path) -> None:
    """Articles of a treaty are subdivisions of a legal resource, guidelines are not; should and
    should not part in DPV.
    """
    needs_java()
    import owlready2

    names = (
        "documents/tip.ttl",
        "documents/untoc.ttl",
        "documents/rpg.ttl",
        "norms/guideline-6.ttl",
    )
    derived = tmp_path / "derived.ttl"
    document, provision = DOCUMENT, PROVISION
    derived.write_text(
        "".join(
            f"<{provision}{part}> <{HRGE}ofDocument> <{document}{whole}> .\n"
            for part, whole in (("tip-article-6", "tip"), ("rpg-guideline-6", "rpg"))
        ),
        encoding="utf-8",
    )
    world = owlready2.World()
    with reasoned_graph(
        tmp_path / "graph.nt", [*(ROOT / "data" / name for name in names), derived]
    ).open("rb") as stream:
        world.get_ontology("https://w3id.org/hrge/bridged#").load(fileobj=stream)
    owlready2.sync_reasoner_hermit(world, debug=0)

    def kinds(iri: str) -> set[str]:
        return {kind.iri for kind in world[iri].INDIRECT_is_a if hasattr(kind, "iri")}

    eli, dpv, norm = PREFIXES["eli"], PREFIXES["dpv"], NORM
    assert eli + "LegalResource" in kinds(document + "tip")
    assert eli + "LegalResource" not in kinds(document + "rpg")
    assert eli + "LegalResourceSubdivision" in kinds(provision + "tip-article-6")
    assert eli + "LegalResourceSubdivision" not in kinds(provision + "rpg-guideline-6")
    assert {dpv + "Recommendation"} == {
        k for k in kinds(norm + "protection-for-all-without-discrimination") if k.startswith(dpv)
    }
    assert {dpv + "Deterrence"} == {
        k for k in kinds(norm + "no-mandatory-testing") if k.startswith(dpv)
    }
    world.close()
