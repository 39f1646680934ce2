"""Passages and anchors as RDF: the text of a source, segmented, and the place of every quotation in it.

Positions count characters from 0, as the Web Annotation model has it (W3C, 4.2.4 and 4.2.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from .anchor import Anchor, Anchorer, AnchorError
from .errors import InputError
from .graphs import line_of
from .outline import read_outline
from .prefixes import PREFIXES
from .resources import relative, root
from .segment import Passage
from .terms import text as text_of

QUOTES = ("quote", "concernQuote", "responseQuote")


def _term(prefix: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[prefix] + name)


def _integer(value: int) -> ox.Literal:
    return ox.Literal(value)


class TextSource:
    """One source text: its passages and its anchorer."""

    def __init__(self, folder: Path) -> None:
        self.key = folder.name
        self.node = _term("source", self.key)
        path = folder / "text.txt"
        try:
            self.text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(relative(path), None, f"the text cannot be read: {error}", "Put it there, in UTF-8.") from error
        outline = read_outline(folder / "outline.yaml", self.text)
        self.anchorer = Anchorer(self.key, self.text, outline)
        self.passages = self.anchorer.passages

    def passage_node(self, key: str) -> ox.NamedNode:
        """The IRI of a passage."""
        return _term("passage", f"{self.key}/{key}")

    def passage_quads(self) -> Iterator[ox.Quad]:
        """Every passage as RDF, in the graph of the text."""
        graph = _term("graph", f"text/{self.key}")
        for passage in self.passages:
            for predicate, value in self._facts(passage):
                yield ox.Quad(self.passage_node(passage.key), predicate, value, graph)
            for order, (start, end) in enumerate(passage.spans, 1):
                place = _term("anchor", f"{self.key}/segment-{start}-{end}")
                yield ox.Quad(self.passage_node(passage.key), _term("hrge", "segment"), place, graph)
                yield ox.Quad(place, _term("rdf", "type"), _term("hrge", "Segment"), graph)
                yield ox.Quad(place, _term("hrge", "order"), _integer(order), graph)
                yield ox.Quad(place, _term("hrge", "start"), _integer(start), graph)
                yield ox.Quad(place, _term("hrge", "end"), _integer(end), graph)

    def _facts(self, passage: Passage) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
        yield _term("rdf", "type"), _term("hrge", "Passage")
        yield _term("hrge", "inSource"), self.node
        yield _term("hrge", "passageKind"), _term("c", passage.kind)
        yield _term("hrge", "order"), _integer(passage.order)
        yield _term("hrge", "line"), _integer(passage.line)
        yield _term("hrge", "page"), _integer(passage.page)
        yield _term("hrge", "text"), ox.Literal(passage.text)
        yield (
            _term("rdfs", "label"),
            ox.Literal(f"{passage.kind.replace('-', ' ')}, page {passage.page}, line {passage.line}", language="en"),
        )
        if passage.parent:
            yield _term("hrge", "partOf"), self.passage_node(passage.parent)
        if passage.label:
            yield _term("hrge", "printedLabel"), ox.Literal(passage.label)

    def anchor_node(self, anchor: Anchor) -> ox.NamedNode:
        """The IRI of an anchor: its positions in the text."""
        return _term("anchor", f"{self.key}/{anchor.segments[0].start}-{anchor.segments[-1].end}")


def read_texts(base: Path | None = None) -> list[TextSource]:
    """All source texts below data/sources, by name."""
    folders = sorted(path.parent for path in ((base or root()) / "data" / "sources").glob("*/outline.yaml"))
    return [TextSource(folder) for folder in folders]


def anchor_quads(store: ox.Store, texts: list[TextSource], graphs: Mapping[str, Path]) -> Iterator[ox.Quad]:
    """Anchors for everything in the store that quotes.

    Raises InputError, with file and line, for a quotation that stands nowhere or in more places than one.
    """
    graph = _term("graph", "anchors")
    written: set[str] = set()
    for name in QUOTES:
        for quad in sorted(
            store.quads_for_pattern(None, _term("hrge", name), None, None), key=lambda q: (str(q.graph_name), str(q.object))
        ):
            prefix = next(
                (text_of(q.object) for q in store.quads_for_pattern(quad.subject, _term("hrge", "quotePrefix"), None, None)), None
            )
            text, anchor = _find(text_of(quad.object), prefix, texts, graphs[text_of(quad.graph_name)], text_of(quad.subject))
            node = text.anchor_node(anchor)
            yield ox.Quad(quad.subject, _term("hrge", "anchor"), node, graph)
            if node.value not in written:
                written.add(node.value)
                yield from _described(node, text, anchor, graph)


def _find(quote: str, prefix: str | None, texts: list[TextSource], file: Path, subject: str) -> tuple[TextSource, Anchor]:
    found: list[tuple[TextSource, Anchor]] = []
    problems: list[AnchorError] = []
    for text in texts:
        try:
            found.append((text, text.anchorer.find(quote, prefix)))
        except AnchorError as error:
            problems.append(error)
    ambiguous = [p for p in problems if p.reason == "ambiguous"]
    if len(found) == 1 and not ambiguous:
        return found[0]
    if found or ambiguous:
        where = str(ambiguous[0]) if ambiguous else "it stands in " + " and in ".join(t.key for t, _ in found)
        problem, remedy = (
            f"the quotation is ambiguous: {where}",
            "Quote more words, or add hrge:quotePrefix with the words right before it.",
        )
    else:
        problem, remedy = f"the quotation is not in the source: {problems[0]}", "Quote the source's own words."
    raise InputError(relative(file), line_of(file, quote, subject), problem, remedy)


def _described(node: ox.NamedNode, text: TextSource, anchor: Anchor, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    def fact(subject: ox.NamedNode, prefix: str, name: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, _term(prefix, name), value, graph)

    yield fact(node, "rdf", "type", _term("hrge", "Anchor"))
    yield fact(node, "rdf", "type", _term("oa", "SpecificResource"))
    yield fact(node, "oa", "hasSource", text.node)
    yield fact(node, "hrge", "inSource", text.node)
    yield fact(node, "hrge", "exact", ox.Literal(anchor.exact))
    yield fact(node, "hrge", "sha256", ox.Literal(anchor.sha256))
    yield fact(node, "hrge", "line", _integer(anchor.line))
    yield fact(node, "hrge", "page", _integer(anchor.page))
    for key in anchor.passages:
        yield fact(node, "hrge", "inPassage", text.passage_node(key))
    for order, part in enumerate(anchor.segments, 1):
        place = _term("anchor", f"{text.key}/segment-{part.start}-{part.end}")
        words = _term("anchor", f"{text.key}/words-{part.start}-{part.end}")
        yield fact(node, "hrge", "segment", place)
        yield fact(node, "oa", "hasSelector", place)
        yield fact(node, "oa", "hasSelector", words)
        yield fact(place, "rdf", "type", _term("hrge", "Segment"))
        yield fact(place, "rdf", "type", _term("oa", "TextPositionSelector"))
        yield fact(place, "hrge", "order", _integer(order))
        for prefix, start, end in (("hrge", "start", "end"), ("oa", "start", "end")):
            yield fact(place, prefix, start, _integer(part.start))
            yield fact(place, prefix, end, _integer(part.end))
        yield fact(place, "hrge", "line", _integer(part.line))
        yield fact(place, "hrge", "page", _integer(part.page))
        yield fact(words, "rdf", "type", _term("oa", "TextQuoteSelector"))
        yield fact(words, "oa", "exact", ox.Literal(part.exact))
        yield fact(words, "oa", "prefix", ox.Literal(part.prefix))
        yield fact(words, "oa", "suffix", ox.Literal(part.suffix))
