"""Trails of every kind, for the tests of what finds and writes them."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from hrge_kg.namespaces import shrink
from hrge_kg.trail.link_graph import LinkGraph
from hrge_kg.trail.model import Link, Trail
from hrge_kg.trail.search import find_trail

TRAILS = {
    "norm": ("norm:no-mandatory-testing", None),
    "document": ("document:rpg", None),
    "path": ("norm:assistance-not-conditional-on-cooperation", "UNTOC"),
    "footnote": ("footnote 58", None),
    "topic": ("c:health", None),
}
"""The names from which trails start, and to which one leads, by kind."""


def trail_of(kind: str, graph: ox.Store) -> Trail:
    """The trail of a kind."""
    start, end = TRAILS[kind]
    return find_trail(graph, start, end)


def ends(found: Trail) -> Counter[tuple[str, str, str]]:
    """Start, kind and end of each link, with how often it is there."""
    return Counter((link.start, link.kind, link.end) for link in found.edges)


def links(found: Trail | LinkGraph, start: str, kind: str, end: str) -> list[Link]:
    """The links of a kind between two things, which are named by CURIE."""
    every = found.edges if isinstance(found, Trail) else found.links
    return [
        one for one in every if (shrink(one.start), one.kind, shrink(one.end)) == (start, kind, end)
    ]


def the_link(found: Trail | LinkGraph, start: str, kind: str, end: str) -> Link:
    """The one such link."""
    (one,) = links(found, start, kind, end)
    return one
