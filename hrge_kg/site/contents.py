"""Pages that list norms: under the headings that a query gives, and in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass

from ..labels import natural_key
from ..sparql import select
from ..trail.model import Node
from .addresses import PAGE
from .context import Maker, SiteContext


@dataclass(frozen=True)
class Group:
    """A heading (a thing, with its label) and the nodes below it, in the order of the text.

    `key` is the name of its place in the page.
    """

    iri: str
    label: str
    key: str
    nodes: tuple[Node, ...]


def contents_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of one page for each query queries/site/contents-NAME.rq."""
    return {contents_path(name): _maker(site, name) for name in site.contents}


def contents_path(name: str) -> str:
    """The path of a page of contents."""
    return f"contents/{name}{PAGE}"


def _maker(site: SiteContext, name: str) -> Maker:
    query = site.contents[name]

    def make() -> bytes:
        here = contents_path(name)
        return site.render("contents.html", here, query=query, groups=groups(site, name))

    return make


def groups(site: SiteContext, name: str) -> list[Group]:
    """The groups of a page of contents, by label."""
    nodes = site.cards.link_graph.nodes
    members: dict[str, list[Node]] = {}
    for row in select(site.graph, site.contents[name].text):
        if row["norm"] in nodes:
            members.setdefault(row["group"], []).append(nodes[row["norm"]])
    found = [
        Group(iri, site.label(iri), f"g{number}", tuple(sorted(some, key=lambda one: one.order)))
        for number, (iri, some) in enumerate(sorted(members.items()), 1)
    ]
    return sorted(found, key=lambda group: natural_key(group.label))
