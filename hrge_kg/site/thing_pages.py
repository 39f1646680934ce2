"""The page of each thing of the graph, and beside it what is known of the thing as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..card.model import Card
from ..card.writers import to_json
from ..trail.model import Node, Step, Trail
from ..trail.search import trail_around
from ..trail.writers.svg import to_svg
from ..trail.writers.text import evidence_lines, link_name
from .addresses import PAGE
from .citing import Citing, citing_of, files_of
from .context import Maker, SiteContext
from .rdf import description, to_jsonld, to_turtle

_LAST = ("Notes", "More", "Where it is used")
"""The sections of a card that come after what it rests on."""


@dataclass(frozen=True)
class StepLine:
    """A step of a trail as a page shows it.

    `name` is the kinds of its links; `evidence` are the lines that show them.
    """

    step: Step
    node: Node
    name: str
    evidence: tuple[str, ...]
    discrepancies: tuple[str, ...]


def thing_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of the pages of all things, and of the files beside them."""
    makers: dict[str, Maker] = {}
    for iri, path in site.addresses.paths.items():
        makers |= _makers(site, iri, path)
    return makers


def _makers(site: SiteContext, iri: str, path: str) -> dict[str, Maker]:
    stem = path.removesuffix(PAGE)
    known = site.addresses.paths
    makers: dict[str, Maker] = {
        path: lambda: _page(site, iri, path),
        f"{stem}.ttl": lambda: to_turtle(description(site.graph, iri, known)).encode(),
        f"{stem}.jsonld": lambda: to_jsonld(description(site.graph, iri, known)).encode(),
        f"{stem}.json": lambda: to_json(site.cards.card(iri)).encode(),
    }
    if site.cards.link_graph.links_of(iri, up=True):
        makers[f"{stem}.svg"] = lambda: to_svg(_trail(site, iri)).encode()
        makers |= {f"{stem}{end}": made for end, made in files_of(site, iri).items()}
    return makers


def _trail(site: SiteContext, iri: str) -> Trail:
    return trail_around(site.cards.link_graph, iri, direction="up")


def _page(site: SiteContext, iri: str, path: str) -> bytes:
    card = site.cards.card(iri)
    folder = site.addresses.folders[site.addresses.folder_of[iri]]
    text = site.text_of(iri)
    citing: Citing | None = citing_of(site, card)
    return site.render(
        "thing.html",
        path,
        card=card,
        folder=folder,
        stem=path.removesuffix(PAGE),
        text=text,
        around=text.around(iri) if text else [],
        first=[one for one in card.sections if one.heading not in _LAST],
        last=[one for one in card.sections if one.heading in _LAST],
        up=_steps(card, up=True),
        down=_steps(card, up=False),
        trail=_trail(site, iri) if card.links else None,
        citing=citing,
    )


def _steps(card: Card, *, up: bool) -> list[StepLine]:
    return list(step_lines(card.links, up=up)) if card.links else []


def step_lines(trail: Trail, *, up: bool) -> Iterator[StepLine]:
    """The steps of a trail in one direction, each with what shows it."""
    for step in trail.up if up else trail.down:
        names = dict.fromkeys(link_name(link, up=up) for link in step.links)
        lines = dict.fromkeys(line for link in step.links for line in evidence_lines(trail, link))
        keys = sorted({key for link in step.links for key in link.discrepancies})
        yield StepLine(step, trail.nodes[step.target], "; ".join(names), tuple(lines), tuple(keys))
