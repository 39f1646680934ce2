"""What is owed to each group of people, on one page: to the group itself, to a wider one to which
it belongs, and to some of its people only.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from ..labels import natural_key
from ..namespaces import HRGE, SKOS
from ..trail.model import Node
from .addresses import PAGE
from .context import Maker, SiteContext

INDEX = f"owed/index{PAGE}"


@dataclass(frozen=True)
class Owed:
    """A norm that is owed to a group. `reach` is 1 where it names the group, 2 where it names a
    wider one, 3 where it names only some of its people; `named` are those whom it names (IRIs).
    """

    node: Node
    reach: int
    named: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A topic (IRI; None for what has none) with what is owed about it, the nearest reach first.

    `key` is the name of its place in the page.
    """

    iri: str | None
    label: str
    key: str
    norms: tuple[Owed, ...]


def owed_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of a page for each group, and of their list."""
    makers: dict[str, Maker] = {INDEX: lambda: _index(site)}
    for iri, path in site.owed_paths.items():
        makers[path] = _maker(site, iri, path)
    return makers


def _maker(site: SiteContext, iri: str, path: str) -> Maker:
    return lambda: site.render(
        "owed.html",
        path,
        iri=iri,
        label=site.label(iri),
        topics=_topics(site, iri),
        owed=owed_to(site, iri),
        narrower=_narrower(site, iri),
    )


def _index(site: SiteContext) -> bytes:
    found = [
        (iri, site.label(iri), [one.reach for one in owed_to(site, iri)]) for iri in site.owed_paths
    ]
    unnamed = [
        node
        for iri in site.addresses.members("norm")
        if (node := site.cards.link_graph.nodes.get(iri)) and not _values(site, iri, "beneficiary")
    ]
    return site.render(
        "owed-index.html",
        INDEX,
        groups=sorted(found, key=lambda one: natural_key(one[1])),
        unnamed=sorted(unnamed, key=lambda node: node.order),
    )


def owed_to(site: SiteContext, group: str) -> list[Owed]:
    """What is owed to a group, in the order of the text."""
    nodes = site.cards.link_graph.nodes
    found: dict[str, tuple[int, list[str]]] = {}
    for norm, named, reach in site.owed[group]:
        nearest, some = found.setdefault(norm, (reach, []))
        if reach == nearest:  # the rows come in the order of reach
            some.append(named)
    owed = [
        Owed(nodes[norm], reach, tuple(sorted(named, key=lambda one: natural_key(site.label(one)))))
        for norm, (reach, named) in found.items()
        if norm in nodes
    ]
    return sorted(owed, key=lambda one: one.node.order)


def _topics(site: SiteContext, group: str) -> list[Topic]:
    members: dict[str | None, list[Owed]] = {}
    for one in owed_to(site, group):
        topics = _values(site, one.node.id, "topic")
        for topic in topics:
            members.setdefault(topic, []).append(one)
        if not topics:
            members.setdefault(None, []).append(one)
    named = sorted((iri for iri in members if iri), key=lambda iri: natural_key(site.label(iri)))
    ordered = [*named, *([None] if None in members else [])]
    return [
        Topic(
            iri,
            site.label(iri) if iri else "without a topic",
            f"t{number}",
            tuple(sorted(members[iri], key=lambda one: one.reach)),
        )
        for number, iri in enumerate(ordered, 1)
    ]


def _narrower(site: SiteContext, group: str) -> list[tuple[str, str]]:
    """The groups that are one step narrower and have a page, with their labels."""
    quads = site.graph.quads_for_pattern(None, SKOS("broader"), ox.NamedNode(group), None)
    found = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    some = [(iri, site.label(iri)) for iri in found if iri in site.owed_paths]
    return sorted(some, key=lambda one: natural_key(one[1]))


def _values(site: SiteContext, iri: str, name: str) -> list[str]:
    quads = site.graph.quads_for_pattern(ox.NamedNode(iri), HRGE(name), None, None)
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})
