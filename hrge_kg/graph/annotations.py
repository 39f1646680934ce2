"""The passages of a source text, and the place of every quotation in it, as Web Annotations.

Positions count characters from 0, as the Web Annotation model has it (W3C, 4.2.4 and 4.2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import (
    ANCHOR,
    CONCEPT,
    GRAPH,
    HRGE,
    OA,
    PASSAGE,
    RDF_TYPE,
    RDFS,
    SOURCE,
    shrink,
    term_text,
)
from ..resources import read_utf8, relative, root
from ..text.anchoring import Anchor, AnchorError, QuoteFinder
from ..text.outline import read_outline
from ..text.segmentation import Passage
from .sources import line_of

_KEY = re.compile(r"[a-z0-9][a-z0-9.\-]*")
QUOTES = ("quote", "concernQuote", "responseQuote")
"""The properties (of hrge:) whose values are quotations."""


def _integer(value: int) -> ox.Literal:
    return ox.Literal(value)


class TextSource:
    """One source text, with its passages and a QuoteFinder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = folder.name
        self.node = SOURCE(self.key)
        self.text = read_utf8(
            folder / "text.txt", "the text", "Each folder of data/sources holds text.txt."
        )
        outline = read_outline(folder / "outline.yaml", self.text)
        self.quote_finder = QuoteFinder(self.key, self.text, outline)
        self.passages = self.quote_finder.passages

    def passage_node(self, key: str) -> ox.NamedNode:
        """The IRI of a passage."""
        return PASSAGE(f"{self.key}/{key}")

    def passage_quads(self) -> Iterator[ox.Quad]:
        """Every passage as RDF, in the graph of the text."""
        graph = GRAPH(f"text/{self.key}")
        for passage in self.passages:
            for predicate, value in self._facts(passage):
                yield ox.Quad(self.passage_node(passage.key), predicate, value, graph)
            for order, (start, end) in enumerate(passage.spans, 1):
                place = ANCHOR(f"{self.key}/segment-{start}-{end}")
                yield ox.Quad(self.passage_node(passage.key), HRGE("segment"), place, graph)
                yield ox.Quad(place, RDF_TYPE, HRGE("Segment"), graph)
                yield ox.Quad(place, HRGE("order"), _integer(order), graph)
                yield ox.Quad(place, HRGE("start"), _integer(start), graph)
                yield ox.Quad(place, HRGE("end"), _integer(end), graph)

    def _facts(self, passage: Passage) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
        yield RDF_TYPE, HRGE("Passage")
        yield HRGE("inSource"), self.node
        yield HRGE("passageKind"), CONCEPT(passage.kind)
        yield HRGE("order"), _integer(passage.order)
        yield HRGE("line"), _integer(passage.line)
        yield HRGE("page"), _integer(passage.page)
        yield HRGE("text"), ox.Literal(passage.text)
        yield (
            RDFS("label"),
            ox.Literal(
                f"{passage.kind.replace('-', ' ')}, page {passage.page}, line {passage.line}",
                language="en",
            ),
        )
        if passage.parent:
            yield HRGE("partOf"), self.passage_node(passage.parent)
        if passage.label:
            yield HRGE("printedLabel"), ox.Literal(passage.label)

    def anchor_node(self, anchor: Anchor) -> ox.NamedNode:
        """The IRI of an anchor: its positions in the text."""
        return ANCHOR(f"{self.key}/{anchor.segments[0].start}-{anchor.segments[-1].end}")


def read_texts(base: Path | None = None) -> list[TextSource]:
    """All source texts below data/sources, by name."""
    folders = sorted(
        path for path in ((base or root()) / "data" / "sources").iterdir() if path.is_dir()
    )
    for folder in folders:
        if not _KEY.fullmatch(folder.name):
            raise InputError(
                relative(folder),
                "the name of this folder becomes part of addresses, "
                "and has characters that cannot stand there",
                "Use small letters, digits, full stops and hyphens.",
            )
        if not (folder / "source.ttl").is_file():
            raise InputError(
                relative(folder / "source.ttl"),
                "the source text is not described",
                "Write there what the text is called and which document it is a text of "
                "(docs/how-to/add-a-section.md).",
            )
    return [TextSource(folder) for folder in folders]


def anchor_quads(
    store: ox.Store, texts: list[TextSource], graphs: Mapping[str, Path]
) -> Iterator[ox.Quad]:
    """Anchors for all quotations in the store.

    A file quotes the texts that it names (`<> hrge:quotesFrom source:…`). If it names none, it
    quotes the text in its own folder below data/sources, or else the main text.

    Raises InputError, with file and line, for a quotation that is not in the text or is there
    several times.
    """
    graph = GRAPH("anchors")
    written: set[str] = set()
    quoted = {
        name: _quoted_by(store, ox.NamedNode(name), path, texts) for name, path in graphs.items()
    }
    for name in QUOTES:
        for quad in sorted(
            store.quads_for_pattern(None, HRGE(name), None, None),
            key=lambda quad: (str(quad.graph_name), str(quad.object)),
        ):
            prefix = next(
                (
                    term_text(words.object)
                    for words in store.quads_for_pattern(
                        quad.subject, HRGE("quotePrefix"), None, quad.graph_name
                    )
                ),
                None,
            )
            name_of_file = term_text(quad.graph_name)
            text, anchor = _find(
                term_text(quad.object),
                prefix,
                quoted[name_of_file],
                texts,
                graphs[name_of_file],
                term_text(quad.subject),
            )
            node = text.anchor_node(anchor)
            yield ox.Quad(quad.subject, HRGE("anchor"), node, graph)
            if node.value not in written:
                written.add(node.value)
                yield from _described(node, text, anchor, graph)


def _quoted_by(
    store: ox.Store, graph: ox.NamedNode, file: Path, texts: list[TextSource]
) -> list[TextSource]:
    """The texts that a file quotes."""
    named = {
        term_text(quad.object)
        for quad in store.quads_for_pattern(graph, HRGE("quotesFrom"), None, graph)
    }
    unknown = sorted(named - {text.node.value for text in texts})
    if unknown:
        raise InputError(
            relative(file),
            f"{shrink(unknown[0])} is not a source text",
            f"Name one of these: {', '.join(shrink(text.node.value) for text in texts)}.",
            line=line_of(file, *unknown),
        )
    if named:
        return [text for text in texts if text.node.value in named]
    main = {
        term_text(quad.subject)
        for quad in store.quads_for_pattern(None, HRGE("mainSource"), ox.Literal(True), None)
    }
    own = [text for text in texts if file.parent == text.folder]
    return own or [text for text in texts if text.node.value in main] or texts


def _find(
    quote: str,
    prefix: str | None,
    quoted: list[TextSource],
    texts: list[TextSource],
    file: Path,
    subject: str,
) -> tuple[TextSource, Anchor]:
    """The one place of a quotation in the texts that its file quotes; InputError if not one."""
    found, problems = _places(quote, prefix, quoted)
    ambiguous = [(text, problem) for text, problem in problems if problem.reason == "ambiguous"]
    if len(found) == 1 and not ambiguous:
        return found[0]
    line = line_of(file, quote, subject)
    if found or ambiguous:
        where = [f"in {text.key} it stands on line {anchor.line}" for text, anchor in found]
        where += [
            f"in {text.key} it stands on lines {', '.join(map(str, problem.lines))}"
            for text, problem in ambiguous
        ]
        problem = f"the quotation is ambiguous: {quote!r}; {'; '.join(sorted(where))}"
        raise InputError(
            relative(file),
            problem,
            "Quote more words, or add hrge:quotePrefix with the words right before it.",
            line=line,
        )
    elsewhere, _ = _places(quote, prefix, [text for text in texts if text not in quoted])
    if elsewhere:
        source = shrink(elsewhere[0][0].node.value)
        raise InputError(
            relative(file),
            f"the quotation is not in the source {_keys(quoted)}: "
            f"{quote!r} stands in {_keys([text for text, _ in elsewhere])}",
            f"If the file quotes that text, write `<> hrge:quotesFrom {source} .` at its head.",
            line=line,
        )
    nearest = "; ".join(
        f"{text.key}: {problem}" if len(quoted) > 1 else str(problem) for text, problem in problems
    )
    raise InputError(
        relative(file),
        f"the quotation is not in the source {_keys(quoted)}: {nearest}",
        "Quote the source's own words.",
        line=line,
    )


def _places(
    quote: str, prefix: str | None, texts: list[TextSource]
) -> tuple[list[tuple[TextSource, Anchor]], list[tuple[TextSource, AnchorError]]]:
    """The texts that have the quotation once, and those that do not, each with the reason."""
    found: list[tuple[TextSource, Anchor]] = []
    problems: list[tuple[TextSource, AnchorError]] = []
    for text in texts:
        try:
            found.append((text, text.quote_finder.find(quote, prefix)))
        except AnchorError as error:
            problems.append((text, error))
    return found, problems


def _keys(texts: list[TextSource]) -> str:
    return " and ".join(text.key for text in texts)


def _described(
    node: ox.NamedNode, text: TextSource, anchor: Anchor, graph: ox.NamedNode
) -> Iterator[ox.Quad]:
    """What the graph states of an anchor, in terms of hrge: and of Web Annotation (oa:)."""

    def fact(
        subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal
    ) -> ox.Quad:
        return ox.Quad(subject, predicate, value, graph)

    yield fact(node, RDF_TYPE, HRGE("Anchor"))
    yield fact(node, RDF_TYPE, OA("SpecificResource"))
    yield fact(node, OA("hasSource"), text.node)
    yield fact(node, HRGE("inSource"), text.node)
    yield fact(node, HRGE("exact"), ox.Literal(anchor.exact))
    yield fact(node, HRGE("sha256"), ox.Literal(anchor.sha256))
    yield fact(node, HRGE("line"), _integer(anchor.line))
    yield fact(node, HRGE("page"), _integer(anchor.page))
    for key in anchor.passages:
        yield fact(node, HRGE("inPassage"), text.passage_node(key))
    for order, part in enumerate(anchor.segments, 1):
        place = ANCHOR(f"{text.key}/segment-{part.start}-{part.end}")
        words = ANCHOR(f"{text.key}/words-{part.start}-{part.end}")
        yield fact(node, HRGE("segment"), place)
        yield fact(node, OA("hasSelector"), place)
        yield fact(node, OA("hasSelector"), words)
        yield fact(place, RDF_TYPE, HRGE("Segment"))
        yield fact(place, RDF_TYPE, OA("TextPositionSelector"))
        yield fact(place, HRGE("order"), _integer(order))
        for namespace in (HRGE, OA):
            yield fact(place, namespace("start"), _integer(part.start))
            yield fact(place, namespace("end"), _integer(part.end))
        yield fact(place, HRGE("line"), _integer(part.line))
        yield fact(place, HRGE("page"), _integer(part.page))
        yield fact(words, RDF_TYPE, OA("TextQuoteSelector"))
        yield fact(words, OA("exact"), ox.Literal(part.exact))
        yield fact(words, OA("prefix"), ox.Literal(part.prefix))
        yield fact(words, OA("suffix"), ox.Literal(part.suffix))
