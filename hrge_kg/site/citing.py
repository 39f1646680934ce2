"""How a thing is cited: in words, and as files for reference managers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyoxigraph as ox

from .. import __version__
from ..card.model import Card
from ..namespaces import HRGE
from ..trail.model import Trail
from ..trail.works import read_works
from ..trail.writers.bibliography import to_bibtex, to_csl_json, to_ris
from .context import Maker, SiteContext

FORMATS = {".bib": to_bibtex, ".ris": to_ris, ".csl.json": to_csl_json}
"""The writers for reference managers, by the ending of their files."""


@dataclass(frozen=True)
class Citing:
    """A citation in words: of the words in the source, and of this page."""

    source: str | None
    page: str


def citing_of(site: SiteContext, card: Card) -> Citing:
    """How the words of a thing, and its page, are cited."""
    text = site.text_of(card.id)
    source = None
    if text:
        facts = text.facts
        place = _place(site.cited_places(text, card.id))
        source = f"{facts.publisher}, {facts.title} ({facts.published[:4]}), {facts.label}, {place}"
    page = (
        f"{card.label}. In: {site.header['title']}, version {__version__} "
        f"of {site.header['modified']}. {card.id}"
    )
    return Citing(source, page)


def files_of(site: SiteContext, iri: str) -> dict[str, Maker]:
    """The makers of the files for reference managers, by ending: the works that a thing rests on,
    and first the source of its words.
    """

    def maker(ending: str) -> Maker:
        return lambda: FORMATS[ending](_works(site, iri)).encode()

    return {ending: maker(ending) for ending in FORMATS}


def _works(site: SiteContext, iri: str) -> Trail:
    """A trail whose works are the source of a thing's words, with their place, and what it rests
    on.
    """
    trail = site.trail_up(iri)
    text = site.text_of(iri)
    if text is None:
        return trail
    node = ox.NamedNode(text.facts.iri)
    documents = [
        replace(trail.nodes[iri], document=quad.object.value)
        for quad in site.graph.quads_for_pattern(node, HRGE("textOf"), None, None)
        if isinstance(quad.object, ox.NamedNode)
    ]
    sources = read_works(site.graph, documents)
    place = f"{text.facts.label}, {_place(site.cited_places(text, iri))}"
    with_place = tuple(replace(work, notes=(place, *work.notes), cited_by=iri) for work in sources)
    others = tuple(work for work in trail.works if work not in sources)
    return replace(trail, works=(*with_place, *others))


def _place(places: list[tuple[int, int, int]]) -> str:
    """Pages and lines in words.

    >>> _place([(45, 266, 267), (45, 267, 267)])
    'page 45, lines 266–267'
    >>> _place([(45, 270, 271), (45, 255, 256), (46, 301, 301)])
    'page 45, lines 255–256, 270–271; page 46, line 301'
    """
    of_page: dict[int, list[tuple[int, int]]] = {}
    for page, first, last in sorted(places, key=lambda place: place[1:]):
        lines = of_page.setdefault(page, [])
        if lines and first <= lines[-1][1] + 1:
            lines[-1] = lines[-1][0], max(last, lines[-1][1])
        else:
            lines.append((first, last))
    return "; ".join(f"page {page}, {_lines(lines)}" for page, lines in of_page.items())


def _lines(ranges: list[tuple[int, int]]) -> str:
    told = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)
    one = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
    return f"line {told}" if one else f"lines {told}"
