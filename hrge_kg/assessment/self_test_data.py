"""The self-test as data, for engines that this library does not run.

Of each round there is the description, as it is before the rules, and what is expected of an engine
that looks at it with all shapes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from ..namespaces import HRGE, RDF_TYPE, SH
from ..sparql import select
from . import self_test
from .norm_loader import load_limits, load_norms
from .norms import Norm
from .shacl import OutcomeShape, outcome_shapes

_CONCEPTS = """SELECT ?outcome ?notation {
  ?outcome skos:inScheme scheme:outcome ; skos:notation ?notation }"""


def self_test_files(graph: ox.Store) -> dict[str, list[ox.Triple]]:
    """The triples of each file by its path: `01/description`, `01/expected` and so on."""
    norms, shapes = load_norms(graph), outcome_shapes(graph)
    concepts = {row["notation"]: row["outcome"] for row in select(graph, _CONCEPTS)}
    files: dict[str, list[ox.Triple]] = {}
    for number, one in enumerate(self_test.rounds(norms, load_limits(graph), [], shapes), 1):
        files[f"{number:02}/description"] = sorted(one.described, key=str)
        files[f"{number:02}/expected"] = list(_expected(norms, one, shapes, concepts))
    return files


def _expected(
    norms: list[Norm],
    one: self_test.Round,
    shapes: dict[str, OutcomeShape],
    concepts: dict[str, str],
) -> Iterator[ox.Triple]:
    """What must be reported, and what must not be, in the words of W3C SHACL as far as it has them.

    hrge:Expectation: the results of this group, this check or sign (hrge:generatedFrom of their
    shapes) and this value, or none, have this outcome and no other. hrge:Exclusion: this shape has
    no result of this group.
    """
    for number, ((focus, check), (outcome, value)) in enumerate(sorted(one.expected.items())):
        node = ox.BlankNode(f"e{number}")
        yield ox.Triple(node, RDF_TYPE, HRGE("Expectation"))
        yield ox.Triple(node, _FOCUS, ox.NamedNode(focus))
        yield ox.Triple(node, HRGE("generatedFrom"), ox.NamedNode(check))
        yield ox.Triple(node, HRGE("outcome"), ox.NamedNode(concepts[outcome]))
        if value:
            yield ox.Triple(node, _VALUE, ox.NamedNode(value))
    for number, (focus, shape) in enumerate(self_test.never(norms, one, shapes)):
        node = ox.BlankNode(f"n{number}")
        yield ox.Triple(node, RDF_TYPE, HRGE("Exclusion"))
        yield ox.Triple(node, _FOCUS, ox.NamedNode(focus))
        yield ox.Triple(node, _SHAPE, ox.NamedNode(shape))


_FOCUS = ox.NamedNode(SH + "focusNode")
_VALUE = ox.NamedNode(SH + "value")
_SHAPE = ox.NamedNode(SH + "sourceShape")
