"""The part of the link graph that a trail may use, and the way from node to node in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..errors import InputError
from .link_graph import LinkGraph
from .model import Link, Node

Neighbour = tuple[str, tuple[Link, ...]]
"""A node (IRI) one step away, with all links that lead there."""


class View:
    """The part of the link graph that a search may use, by `only`, `without` and scope.

    Some kinds of link have a scope, a type of node. They are used only in trails that start or end
    at such a node. (`link_graph.Kind`)
    """

    def __init__(
        self,
        link_graph: LinkGraph,
        ends: Sequence[Node],
        only: Collection[str] | None,
        without: Collection[str],
    ) -> None:
        self.link_graph = link_graph
        self.ends = {node.id for node in ends}
        forces = {force.key for force in link_graph.forces.values()}
        _check_words((*(only or ()), *without), set(link_graph.kinds), forces)
        types = {node.type for node in ends}
        kinds = {word for word in only or () if word in link_graph.kinds} or {
            name for name, kind in link_graph.kinds.items() if kind.scope in (None, *types)
        }
        self.kinds = kinds - set(without)
        self.forces = ({word for word in only or () if word in forces} or forces) - set(without)
        self.leaves_out_forces = self.forces != forces
        self._neighbours: dict[tuple[str, bool], list[Neighbour]] = {}

    def neighbours(self, iri: str, up: bool) -> list[Neighbour]:
        """The nodes one step away, in the order of the kinds of link and of the text."""
        known = self._neighbours.get((iri, up))
        if known is None:
            known = self._neighbours[iri, up] = self._find_neighbours(iri, up)
        return known

    def _find_neighbours(self, iri: str, up: bool) -> list[Neighbour]:
        links_to: dict[str, list[Link]] = {}
        for link in self.link_graph.links_of(iri, up=up):
            other = link.end if up else link.start
            if link.kind in self.kinds and self._is_wanted(other):
                links_to.setdefault(other, []).append(link)
        for links in links_to.values():
            links.sort(key=lambda link: (link.rank, link.citation or ""))
        nodes = self.link_graph.nodes
        order = sorted(links_to, key=lambda other: (links_to[other][0].rank, nodes[other].order))
        return [(other, tuple(links_to[other])) for other in order]

    def _is_wanted(self, iri: str) -> bool:
        node = self.link_graph.nodes[iri]
        if not self.leaves_out_forces or iri in self.ends or node.document is None:
            return True
        forces = self.link_graph.forces
        labels = (node.force or "").split("; ")
        return any(forces[label].key in self.forces for label in labels if label in forces)


def _check_words(words: Iterable[str], kinds: set[str], forces: set[str]) -> None:
    for word in words:
        if word not in kinds and word not in forces:
            raise InputError(
                f"“{word}”",
                "there is no such kind of link, and no such force",
                f"Known are: {', '.join(sorted(kinds))}; and the forces "
                f"{', '.join(sorted(forces))}.",
            )
