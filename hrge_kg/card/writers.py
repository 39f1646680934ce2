"""One card with everything that the graph knows of a thing: norm, provision, document, shape, check, aspect, concept, limit and more.
What the source prints is in quotation marks; what the editors add says so.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ..labels import place_label
from ..namespaces import shrink
from ..trail.model import UNKNOWN_PARTIES
from ..trail.writers import json_writer, text
from .model import Card, Entry, Section


def as_dict(card: Card) -> dict[str, Any]:
    """A card as plain values; IRIs whole."""
    links = json_writer.as_dict(card.links) if card.links else None
    return {
        "id": card.id,
        "label": card.label,
        "kind": card.kind,
        "sections": [asdict(section) for section in card.sections],
        "links": {"nodes": links["nodes"], "edges": links["edges"]} if links else None,
        "discrepancies": [json_writer.discrepancy_dict(one) for one in card.discrepancies],
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
    after = [
        section
        for section in card.sections
        if section.heading in ("Notes", "More", "Where it is used")
    ]
    for section in card.sections:
        if section not in after:
            yield from _section(section)
    if card.links:
        yield from text.step_lines(card.links)
    if card.discrepancies:
        yield from ("", "Discrepancies: questions for a lawyer, not corrections")
        for one in card.discrepancies:
            yield from text.discrepancy_lines(one)
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
    place = f" ({place_label(entry.page, entry.line, entry.source)})" if entry.page else ""
    curie = f" [{shrink(entry.iri)}]" if entry.iri and shrink(entry.iri) != entry.value else ""
    remark = f" ({entry.remark})" if entry.remark else ""
    indent = "  " * depth
    line = f"{entry.label}: {value}{curie}{place}{remark}"
    yield from textwrap.wrap(
        line,
        text.WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    for detail in entry.details:
        if not (
            entry.quotation and detail.label in ("page", "line")
        ):  # said beside the words already
            yield from _entry(detail, depth + 1)
