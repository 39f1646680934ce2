"""The page of each thing of the graph, and beside it what is known of the thing as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from ..card.model import Card
from ..card.writers import to_json
from ..labels import natural_key
from ..sparql import Row
from ..trail.model import Node, Trail
from ..trail.writers.svg import to_svg
from ..trail.writers.text import evidence_lines, link_name
from .addresses import PAGE
from .citing import citing_of, files_of
from .context import Maker, SiteContext
from .rdf import description, to_jsonld, to_turtle

_LAST = ("Notes", "More", "Where it is used")
"""The sections of a card that come after what it rests on."""
_MOST_USES = 50


@dataclass(frozen=True)
class StepLine:
    """A step of a trail as a page shows it.

    `name` is the kinds of its links; `evidence` are the lines that show them; `read_at` says where
    the document that it leads to can be read.
    """

    node: Node
    name: str
    evidence: tuple[str, ...]
    discrepancies: tuple[str, ...]
    read_at: tuple[Row, ...]


def thing_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of the pages of all things, and of the files beside them."""
    makers: dict[str, Maker] = {}
    for iri, path in site.addresses.paths.items():
        makers |= _brief(site, iri, path) if iri in site.addresses.brief else _full(site, iri, path)
    return makers


def _brief(site: SiteContext, iri: str, path: str) -> dict[str, Maker]:
    return {
        path: lambda: _statements(site, iri, path),
        path.removesuffix(PAGE) + ".ttl": lambda: _turtle(site, iri).encode(),
    }


def _full(site: SiteContext, iri: str, path: str) -> dict[str, Maker]:
    stem = path.removesuffix(PAGE)
    makers: dict[str, Maker] = {
        path: lambda: _page(site, iri, path),
        f"{stem}.ttl": lambda: _turtle(site, iri).encode(),
        f"{stem}.jsonld": lambda: to_jsonld(_triples(site, iri)).encode(),
        f"{stem}.json": lambda: to_json(site.card(iri)).encode(),
    }
    if iri in site.cards.link_graph.nodes:
        if site.trail_up(iri).edges:
            makers[f"{stem}.svg"] = lambda: to_svg(site.trail_up(iri)).encode()
        makers |= {f"{stem}{ending}": made for ending, made in files_of(site, iri).items()}
    return makers


def _triples(site: SiteContext, iri: str) -> list[ox.Triple]:
    return description(site.graph, iri, site.addresses.paths)


def _turtle(site: SiteContext, iri: str) -> str:
    return to_turtle(_triples(site, iri))


def _page(site: SiteContext, iri: str, path: str) -> bytes:
    card = site.card(iri)
    text = site.text_of(iri)
    trail = site.trail_up(iri) if card.links else None
    return site.render(
        "thing.html",
        path,
        iri=iri,
        label=card.label,
        kind=card.kind,
        folder=site.addresses.folders[site.addresses.folder_of[iri]],
        stem=path.removesuffix(PAGE),
        card=card,
        node=site.cards.link_graph.nodes.get(iri),
        text=text,
        around=text.around(iri) if text else [],
        first=[one for one in card.sections if one.heading not in _LAST],
        last=[one for one in card.sections if one.heading in _LAST],
        up=_steps(site, card, up=True),
        down=_steps(site, card, up=False),
        trail=trail if trail and trail.edges else None,
        cited=_cited(site, iri),
        read_at=site.read_at.get(iri, ()),
        citing=citing_of(site, card),
    )


@dataclass(frozen=True)
class Cited:
    """What the texts cite of a document: the whole, so many times; of its parts (IRIs) those with
    their label and number of citations; and the parts that are in the graph and not cited.
    """

    whole: int
    parts: tuple[tuple[str, str, int], ...]
    others: tuple[tuple[str, str], ...]


def _cited(site: SiteContext, iri: str) -> Cited | None:
    if iri not in site.cited:
        return None
    found = sorted(
        ((part, site.label(part), number) for part, number in site.cited[iri].items()),
        key=lambda one: natural_key(one[1]),
    )
    return Cited(
        site.cited[iri].get(iri, 0),
        tuple(one for one in found if one[0] != iri and one[2]),
        tuple((part, label) for part, label, number in found if part != iri and not number),
    )


def _statements(site: SiteContext, iri: str, path: str) -> bytes:
    """The page of a thing of which only the statements are shown."""
    node = ox.NamedNode(iri)
    triples = _triples(site, iri)
    leads = {
        (site.label(triple.predicate.value), triple.object.value, site.label(triple.object.value))
        for triple in triples
        if isinstance(triple.object, ox.NamedNode) and triple.object.value in site.addresses.paths
    }
    quads = site.graph.quads_for_pattern(None, None, node, None)
    named = (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
    uses = sorted({one for one in islice(named, _MOST_USES + 1) if one in site.addresses.paths})
    return site.render(
        "statements.html",
        path,
        iri=iri,
        label=site.label(iri),
        kind=site.cards.kind(iri),
        folder=site.addresses.folders[site.addresses.folder_of[iri]],
        stem=path.removesuffix(PAGE),
        turtle=to_turtle(triples),
        leads=sorted(leads),
        uses=[(one, site.label(one)) for one in uses[:_MOST_USES]],
        more=len(uses) > _MOST_USES,
    )


def _steps(site: SiteContext, card: Card, *, up: bool) -> list[StepLine]:
    return list(step_lines(site, card.links, up=up)) if card.links else []


def step_lines(site: SiteContext, trail: Trail, *, up: bool) -> Iterator[StepLine]:
    """The steps of a trail in one direction, each with what shows it."""
    for step in trail.up if up else trail.down:
        node = trail.nodes[step.target]
        names = dict.fromkeys(link_name(link, up=up) for link in step.links)
        lines = dict.fromkeys(line for link in step.links for line in evidence_lines(trail, link))
        keys = sorted({key for link in step.links for key in link.discrepancies})
        read_at = site.read_at.get(node.document or "", ()) if up else ()
        yield StepLine(node, "; ".join(names), tuple(lines), tuple(keys), tuple(read_at))
