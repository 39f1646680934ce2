"""The triples of a file, each with its line, before anything is known of what they mean.

>>> ParsedTriples([], {}).triples
[]
"""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

Node = ox.NamedNode | ox.BlankNode


class LocatedTriple(NamedTuple):
    """A triple, and the line on which it stands, as far as that is known.

    >>> LocatedTriple(ox.BlankNode(), ox.NamedNode("x:y"), ox.Literal("z"), 3).line
    3
    """

    subject: Node
    predicate: ox.NamedNode
    object: Node | ox.Literal
    line: int | None


class ParsedTriples(NamedTuple):
    """All triples of a file, in its order, and the line on which each of its subjects first stands.

    >>> ParsedTriples([], {}).lines
    {}
    """

    triples: list[LocatedTriple]
    lines: dict[Node, int]
