"""Cards as text and as JSON.

What the source prints is in quotation marks; what the editors add is marked as theirs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ..labels import place_label
from ..namespaces import shrink
from ..trail.model import UNKNOWN_PARTIES
from ..trail.writers import json_writer, text
from .model import Card, Entry, Section

_AFTER_THE_LINKS = ("Notes", "More", "Where it is used")


def as_dict(card: Card) -> dict[str, Any]:
    """A card as plain values: IRIs in full."""
    links = json_writer.as_dict(card.links) if card.links else None
    return {
        "id": card.id,
        "label": card.label,
        "kind": card.kind,
        "sections": [asdict(section) for section in card.sections],
        "links": {"nodes": links["nodes"], "edges": links["edges"]} if links else None,
        "discrepancies": [json_writer.discrepancy_dict(one) for one in card.discrepancies],
        "notes": list(card.notes),
    }


def to_json(card: Card) -> str:
    """A card as JSON."""
    return json.dumps(as_dict(card), ensure_ascii=False, indent=2) + "\n"


def to_text(card: Card) -> str:
    """A card as text."""
    return "\n".join(_lines(card)) + "\n"


def _lines(card: Card) -> Iterator[str]:
    for note in card.notes:
        yield from text.wrap(note, 0)
    if card.notes:
        yield ""
    yield card.label
    yield f"{shrink(card.id)} · {card.kind}"
    for section in card.sections:
        if section.heading not in _AFTER_THE_LINKS:
            yield from _section(section)
    if card.links:
        yield from text.step_lines(card.links)
    if card.discrepancies:
        yield from ("", "Discrepancies: questions for a lawyer, not corrections")
        for discrepancy in card.discrepancies:
            yield from text.discrepancy_lines(discrepancy)
    for section in card.sections:
        if section.heading in _AFTER_THE_LINKS:
            yield from _section(section)
    if card.links and UNKNOWN_PARTIES in card.links.notes:
        yield from ("", UNKNOWN_PARTIES)


def _section(section: Section) -> Iterator[str]:
    yield from ("", section.heading)
    for entry in section.entries:
        yield from _entry(entry, 1)


def _entry(entry: Entry, depth: int) -> Iterator[str]:
    value = entry.value
    if entry.quotation:
        value = "“" + entry.value.replace("\n", "⏎ ") + "”"
    place = f" ({place_label(entry.page, entry.line, entry.source)})" if entry.page else ""
    curie = f" [{shrink(entry.iri)}]" if entry.iri and shrink(entry.iri) != entry.value else ""
    remark = f" ({entry.remark})" if entry.remark else ""
    yield from text.wrap(f"{entry.label}: {value}{curie}{place}{remark}", depth)
    for detail in entry.details:
        # The place stands beside a quotation already.
        if not (entry.quotation and detail.label in ("page", "line")):
            yield from _entry(detail, depth + 1)
