"""A thing on one sheet of paper: its words, page, authority, caveats, how to cite it, the version.

It has what a lawyer takes along. What a description can show, and where else the graph speaks of
the thing, is on its card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..labels import place_label
from ..markup.document import Document, DocumentBlock, Facts, Heading, Items, Paragraph
from ..namespaces import shrink
from ..trail.model import UNKNOWN_PARTIES, Step, Trail
from ..trail.writers.brief import cut, edition, listed, work_in_words
from ..trail.writers.text import kind_and_force, step_name
from .model import Card, Entry, Section

_LEFT_OUT = (
    "What a description can show",
    "What the section describes",
    "Advocacy",
    "Shape",
    "Where it is used",
    "More",
    "Where it was seen; an address need not answer today",
)
_CAVEATS = ("Limits", "Readings", "Notes")
_MOST_VALUES, _MOST_CAVEATS, _MOST_STEPS, _MOST_CITATIONS = 3, 5, 4, 4
_CAVEATS_IN_ALL, _SHORTEST_CAVEAT = 520, 90  # letters
_LONGEST_VALUE = 100


def brief(card: Card) -> Document:
    """The document, which writers turn into HTML and a document for Word."""
    blocks: list[DocumentBlock] = [Heading(1, card.label)]
    said = [card.kind]
    for section in card.sections:
        if section.heading not in (*_LEFT_OUT, *_CAVEATS):
            facts = tuple(_facts(section))
            if any(entry.quotation and entry.page for entry in section.entries):
                blocks += [Heading(2, section.heading), Facts(facts)]
            else:  # what is said of the words stands close together
                said += map(": ".join, facts)
    blocks += [Heading(2, "What it is"), Paragraph(" · ".join(said))]
    if card.links and card.links.up:
        blocks += [Heading(2, "Authority"), Items(tuple(_authority(card.links)))]
    caveats = list(_caveats(card))
    room = max(_SHORTEST_CAVEAT, _CAVEATS_IN_ALL // min(max(len(caveats), 1), _MOST_CAVEATS))
    blocks += listed("Caveats", (cut(one, room) for one in caveats), _MOST_CAVEATS)
    blocks += listed("How to cite it", _citations(card), _MOST_CITATIONS)
    return Document(tuple(blocks), f"{shrink(card.id)} · {edition(card.date)}")


def to_html(card: Card) -> str:
    """The brief as one HTML file."""
    from ..markup import html_writer

    return html_writer.write([brief(card)])


def to_docx(card: Card) -> bytes:
    """The brief as a document for Word. Raises MissingExtra without python-docx."""
    from ..markup import docx_writer

    return docx_writer.write([brief(card)])


def _facts(section: Section) -> Iterator[tuple[str, str]]:
    values: dict[str, list[str]] = {}
    for entry in section.entries:
        values.setdefault(entry.label, []).append(_value(entry))
    for label, texts in values.items():
        more = len(texts) - _MOST_VALUES
        rest = [f"… and {more} more"] if more > 0 else []
        shown = (one if one.startswith("“") else cut(one, _LONGEST_VALUE) for one in texts)
        yield label, "; ".join([*list(shown)[:_MOST_VALUES], *rest])


def _value(entry: Entry) -> str:
    value = " ".join(entry.value.split())
    if entry.quotation:
        value = f"“{value}”"
    if entry.page:
        value += f" ({place_label(entry.page, entry.line, entry.source)})"
    return f"{value} ({entry.remark})" if entry.remark else value


def _authority(links: Trail) -> Iterator[str]:
    for step in links.up[:_MOST_STEPS]:
        yield _step(links, step)
    if len(links.up) > _MOST_STEPS:
        yield f"… and {len(links.up) - _MOST_STEPS} more"


def _step(links: Trail, step: Step) -> str:
    node = links.nodes[step.target]
    places = [link.evidence for link in step.links if link.evidence.page]
    place = f" ({places[0].place})" if places else ""
    return f"{step_name(step)}: {node.label} · {kind_and_force(node)}{place}"


def _caveats(card: Card) -> Iterable[str]:
    for section in card.sections:
        if section.heading in _CAVEATS:
            yield from map(_caveat, section.entries)
    if card.links and UNKNOWN_PARTIES in card.links.notes:
        yield UNKNOWN_PARTIES
    yield from (f"{one.key}: {one.label}. {one.difference}" for one in card.discrepancies)


def _caveat(entry: Entry) -> str:
    """What a reading or a limit says of itself; first whether the reading is adopted, and the like,
    since the rest may be cut.
    """
    remark = f" ({entry.remark})" if entry.remark else ""
    said = [one.value for one in entry.details if one.value not in ("true", "false")]
    return f"{entry.label}{remark}: {'; '.join(said) or entry.value}"


def _citations(card: Card) -> Iterator[str]:
    entries = (entry for section in card.sections for entry in section.entries)
    place = next((place_label(one.page, one.line) for one in entries if one.page), None)
    if place and len(card.texts) == 1:
        yield f"{card.texts[0]}, {place}"
    yield f"{card.label}. In: {edition(card.date)}. {card.id}"
    if card.links:
        yield from map(work_in_words, card.links.works)
