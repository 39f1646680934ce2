"""Norms as nanopublications: four parts, words and places, and the hash in the name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.graph.nanopublications import (
    NP,
    PROV,
    Nanopublication,
    nanopublications,
    trusty_code,
)
from hrge_kg.namespaces import ANCHOR, DCTERMS, HRGE, NORM, RDF_TYPE, term_text
from hrge_kg.sparql import select

# In a process of its own: the library changes settings of rdflib for the whole process.
READ_BY_NANOPUB = """
import sys, warnings
warnings.simplefilter("ignore")
import nanopub, rdflib
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.trig")):
    graph = rdflib.ConjunctiveGraph()
    graph.parse(data=path.read_text("utf-8"), format="trig")
    read = nanopub.Nanopub(rdf=graph)
    assert read.is_valid and read.has_valid_trusty, path
    print(path.stem, read.source_uri, len(read.assertion), len(read.provenance), len(read.pubinfo))
"""


@pytest.fixture(scope="module")
def made(graph: ox.Store) -> dict[str, Nanopublication]:
    return {one.key: one for one in nanopublications(graph)}


def part(one: Nanopublication, name: str) -> list[ox.Triple]:
    return [quad.triple for quad in one.quads if term_text(quad.graph_name) == f"{one.iri}#{name}"]


def test_every_norm_has_one(made: dict[str, Nanopublication], graph: ox.Store) -> None:
    norms = {row["norm"] for row in select(graph, "SELECT ?norm { ?norm a hrge:Norm }")}
    assert {NORM + key for key in made} == norms
    assert len({one.iri for one in made.values()}) == len(norms)


def test_each_has_four_parts_and_no_blank_node(made: dict[str, Nanopublication]) -> None:
    for one in made.values():
        iri = ox.NamedNode(one.iri)
        head = {(triple.predicate, triple.object) for triple in part(one, "Head")}
        assert head == {
            (RDF_TYPE, NP("Nanopublication")),
            (NP("hasAssertion"), ox.NamedNode(f"{one.iri}#assertion")),
            (NP("hasProvenance"), ox.NamedNode(f"{one.iri}#provenance")),
            (NP("hasPublicationInfo"), ox.NamedNode(f"{one.iri}#pubinfo")),
        }
        parts = [part(one, name) for name in ("Head", "assertion", "provenance", "pubinfo")]
        assert all(parts)
        assert sum(map(len, parts)) == len(one.quads)
        said = {triple.predicate for triple in parts[3] if triple.subject == iri}
        assert {DCTERMS(name) for name in ("created", "creator", "license", "rights")} <= said
        terms = {term for quad in one.quads for term in (quad.subject, quad.object)}
        assert not any(isinstance(term, ox.BlankNode) for term in terms)


def test_the_words_and_their_place_are_in_it(made: dict[str, Nanopublication]) -> None:
    one = made["no-mandatory-testing"]
    norm = NORM("no-mandatory-testing")
    quote = "they should not be subject to mandatory testing for diseases, including HIV/AIDS."
    asserted = part(one, "assertion")
    assert ox.Triple(norm, HRGE("quote"), ox.Literal(quote)) in asserted
    governing = [triple.object for triple in asserted if triple.predicate == HRGE("quote")]
    assert any("Trafficked persons should not be required" in str(words) for words in governing)
    anchor = ANCHOR("toolkit-1.4/11532-11614")
    provenance = part(one, "provenance")
    about = ox.NamedNode(f"{one.iri}#assertion")
    assert ox.Triple(about, PROV("wasDerivedFrom"), anchor) in provenance
    assert ox.Triple(anchor, HRGE("page"), ox.Literal(45)) in provenance
    attributed = [t for t in provenance if t.predicate == PROV("wasAttributedTo")]
    assert attributed and attributed[0].subject == about


def test_the_name_changes_with_the_content(made: dict[str, Nanopublication]) -> None:
    one = made["safe-return"]
    assert one.iri.endswith(trusty_code(one.quads, one.iri))
    for change in range(len(one.quads)):
        fewer = [*one.quads[:change], *one.quads[change + 1 :]]
        assert not one.iri.endswith(trusty_code(fewer, one.iri))


def test_a_hash_as_others_make_it() -> None:
    """Sorted with IRIs before literals, each term on a line, a space for the code."""
    np = "https://example.org/np/RAx"

    def quad(value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(ox.NamedNode(np), DCTERMS("title"), value, ox.NamedNode(f"{np}#assertion"))

    quads = [
        quad(ox.Literal("a\\b\nc", language="en")),
        quad(ox.Literal("a")),
        quad(ox.NamedNode("https://example.org/z")),
    ]
    # What trustyuri.rdf.RdfHasher of the library nanopub 2.0.1 gives for these three.
    assert trusty_code(quads, np) == "RAQzVZnMxA-7crQ_BOrSaKNDcsK5AkvzuIPTj8QljvKig"
    assert trusty_code([*reversed(quads), quads[0]], np) == trusty_code(quads, np)


@pytest.mark.works_with(
    "nanopub",
    tried="the nanopublication of every norm",
    result="each is valid, and its trusty URI is right",
)
def test_the_library_nanopub_reads_every_one(
    made: dict[str, Nanopublication], tmp_path: Path
) -> None:
    pytest.importorskip("nanopub", reason="nanopub is not installed (extra test)")
    for one in made.values():
        written = ox.serialize(one.quads, format=ox.RdfFormat.TRIG, prefixes=one.prefixes)
        (tmp_path / f"{one.key}.trig").write_bytes(written or b"")
    command = [sys.executable, "-c", READ_BY_NANOPUB, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    read = [line.split() for line in run.stdout.splitlines()]
    assert {key: iri for key, iri, *_ in read} == {key: one.iri for key, one in made.items()}
    assert all(int(number) > 5 for _, _, *numbers in read for number in numbers)
