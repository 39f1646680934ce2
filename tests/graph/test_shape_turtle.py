"""The Turtle of generated shapes reads back as the triples that were written, whatever they are,
and does not depend on their order.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from hrge_kg.graph.shape_turtle import to_turtle
from hrge_kg.namespaces import sparql_prologue

SHAPES = r"""
hsh:one a sh:NodeShape ; rdfs:label "a label" ; sh:property hsh:b-1 , hsh:b , <urn:x-y> , hsh:b\. ;
  sh:message "two\nlines, a \"quotation\", a \\ and a tab\t" , "deux"@fr , "zwei"@de ;
  sh:minCount 1 , -1 , "01"^^xsd:integer , "none"^^xsd:integer ; sh:deactivated true ;
  sh:maxExclusive 30.0 , 0.5 , 1e3 , "2026-01-01"^^xsd:date , "a"^^<urn:other> ;
  <urn:property> <https://example.org/a/b> , check: , check:1 , check:a\/b .
hsh:b sh:path [ sh:zeroOrMorePath skos:broader ] ;
  sh:or ( [ sh:inversePath hrge:about ] hsh:one ( 1 "b" ) [] ) ; sh:in () .
"""


def triples() -> list[ox.Triple]:
    turtle = sparql_prologue() + SHAPES
    return [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]


def canonical(found: Iterable[ox.Triple]) -> set[ox.Quad]:
    store = ox.Store()  # it has one form of each number
    store.extend(ox.Quad(*triple) for triple in found)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def test_it_reads_back_as_what_was_written() -> None:
    read = ox.parse(to_turtle(triples()), format=ox.RdfFormat.TURTLE)
    assert canonical(quad.triple for quad in read) == canonical(triples())


def test_the_order_of_the_triples_changes_nothing() -> None:
    assert to_turtle(triples()) == to_turtle(triples()[::-1])


def test_only_the_prefixes_that_are_used_are_declared() -> None:
    assert to_turtle(triples()[:1]).count("PREFIX") == 2
