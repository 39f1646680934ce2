"""What a file says: its triples, each with its line, before anything is known of what they mean.

>>> Read([], {}).said
[]
"""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

Node = ox.NamedNode | ox.BlankNode


class LocatedTriple(NamedTuple):
    """A triple, and the line on which it stands, as far as that is known.

    >>> Said(ox.BlankNode(), ox.NamedNode("x:y"), ox.Literal("z"), 3).line
    3
    """

    subject: Node
    predicate: ox.NamedNode
    object: Node | ox.Literal
    line: int | None


class ParsedTriples(NamedTuple):
    """All triples of a file, in its order, and the line on which each of its subjects first stands.

    >>> Read([], {}).lines
    {}
    """

    said: list[LocatedTriple]
    lines: dict[Node, int]
