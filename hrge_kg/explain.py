"""One card with everything that the graph knows of a thing: norm, provision, document, shape, check, aspect, concept, limit and more.
What the source prints is in quotation marks; what the editors add says so.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from . import trail_report
from .card import Entry, Gatherer, Section
from .links import Discrepancy, rows
from .links import place as place_of
from .names import find
from .prefixes import shrink
from .trail import UNKNOWN_PARTIES, Trail, trail
from .web import load


@dataclass(frozen=True)
class Card:
    """All that is known of a thing, in sections; its links one step up and down; the discrepancies that concern it.

    >>> Card("x", "X", "norm", (), None, ()).discrepancies
    ()
    """

    id: str
    label: str
    kind: str
    sections: tuple[Section, ...]
    links: Trail | None
    discrepancies: tuple[Discrepancy, ...]


def explain(store: ox.Store, name: str) -> Card:
    """The card of a thing, by any name that names.find knows.

    Raises InputError for a name that is unknown or may be several things.
    """
    iri = find(store, name)
    web = load(store)
    gatherer = Gatherer(store, web)
    node = web.nodes.get(iri)
    if node is not None:
        keys = set(node.discrepancies)
    else:
        query = "SELECT ?thing ?key WHERE { ?discrepancy hrge:concerns ?thing ; dcterms:identifier ?key }"
        keys = {row["key"] for row in rows(store, query, iri)}
    about = tuple(one for key, one in web.discrepancies.items() if key in keys)
    links = trail(store, iri, depth=1) if node is not None else None
    return Card(iri, gatherer.label(ox.NamedNode(iri)), gatherer.kind(iri), gatherer.sections(iri), links, about)


def as_dict(card: Card) -> dict[str, Any]:
    """A card as plain values; IRIs whole."""
    links = trail_report.as_dict(card.links) if card.links else None
    return {
        "id": card.id,
        "label": card.label,
        "kind": card.kind,
        "sections": [asdict(section) for section in card.sections],
        "links": {"nodes": links["nodes"], "edges": links["edges"]} if links else None,
        "discrepancies": [trail_report.discrepancy_dict(one) for one in card.discrepancies],
    }


def to_json(card: Card) -> str:
    """A card as JSON."""
    return json.dumps(as_dict(card), ensure_ascii=False, indent=2) + "\n"


def to_text(card: Card) -> str:
    """A card as text."""
    return "\n".join(_lines(card)) + "\n"


def _lines(card: Card) -> Iterator[str]:
    yield card.label
    yield f"{shrink(card.id)} · {card.kind}"
    after = [section for section in card.sections if section.heading in ("Notes", "More", "Where it is used")]
    for section in card.sections:
        if section not in after:
            yield from _section(section)
    if card.links:
        yield from trail_report.step_lines(card.links)
    if card.discrepancies:
        yield from ("", "Discrepancies: questions for a lawyer, not corrections")
        for one in card.discrepancies:
            yield from trail_report.discrepancy_lines(one)
    for section in after:
        yield from _section(section)
    if card.links and UNKNOWN_PARTIES in card.links.notes:
        yield from ("", UNKNOWN_PARTIES)


def _section(section: Section) -> Iterator[str]:
    yield from ("", section.heading)
    for entry in section.entries:
        yield from _entry(entry, 1)


def _entry(entry: Entry, depth: int) -> Iterator[str]:
    value = "“" + entry.value.replace("\n", "⏎ ") + "”" if entry.quotation else entry.value
    place = f" ({place_of(entry.page, entry.line, entry.source)})" if entry.page else ""
    curie = f" [{shrink(entry.iri)}]" if entry.iri and shrink(entry.iri) != entry.value else ""
    remark = f" ({entry.remark})" if entry.remark else ""
    indent = "  " * depth
    text = f"{entry.label}: {value}{curie}{place}{remark}"
    yield from textwrap.wrap(
        text, trail_report.WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False
    )
    for detail in entry.details:
        if not (entry.quotation and detail.label in ("page", "line")):  # said beside the words already
            yield from _entry(detail, depth + 1)
