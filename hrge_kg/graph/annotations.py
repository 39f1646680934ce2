"""Passages and anchors as RDF: the text of a source, segmented, and the place of every quotation in it.

Positions count characters from 0, as the Web Annotation model has it (W3C, 4.2.4 and 4.2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import PREFIXES, shrink, term_text
from ..resources import relative, root
from ..text.anchoring import Anchor, AnchorError, QuoteFinder
from ..text.outline import Outline, read_outline
from ..text.segmentation import Passage
from .sources import line_of

_KEY = re.compile(r"[a-z0-9][a-z0-9.\-]*")
QUOTES = ("quote", "concernQuote", "responseQuote")


def _term(prefix: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES[prefix] + name)


def _integer(value: int) -> ox.Literal:
    return ox.Literal(value)


class TextSource:
    """One source text: its passages and its anchorer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = folder.name
        self.node = _term("source", self.key)
        self.text = _verbatim(folder / "text.txt")
        outline = _outline(folder / "outline.yaml", self.text)
        self.anchorer = QuoteFinder(self.key, self.text, outline)
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
                yield ox.Quad(
                    self.passage_node(passage.key), _term("hrge", "segment"), place, graph
                )
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
            ox.Literal(
                f"{passage.kind.replace('-', ' ')}, page {passage.page}, line {passage.line}",
                language="en",
            ),
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
    folders = sorted(
        path for path in ((base or root()) / "data" / "sources").iterdir() if path.is_dir()
    )
    for folder in folders:
        if not _KEY.fullmatch(folder.name):
            problem = "the name of the folder becomes part of addresses, and has characters that cannot stand there"
            raise InputError(
                relative(folder), problem, "Use small letters, digits, full stops and hyphens."
            )
        if not (folder / "source.ttl").is_file():
            remedy = "Write there what the text is called and which document it is a text of (docs/how-to/add-a-section.md)."
            raise InputError(
                relative(folder / "source.ttl"), "the source text is not described", remedy
            )
    return [TextSource(folder) for folder in folders]


def _outline(path: Path, text: str) -> Outline:
    try:
        return read_outline(path, text)
    except InputError as error:
        raise InputError(relative(path), error.problem, error.remedy, line=error.line) from error


def _verbatim(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(
            relative(path),
            f"the text cannot be read ({error.strerror})",
            "Each folder of data/sources holds text.txt.",
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError(
            relative(path), "the text is not UTF-8", "Save it as UTF-8.", line=line
        ) from error


def anchor_quads(
    store: ox.Store, texts: list[TextSource], graphs: Mapping[str, Path]
) -> Iterator[ox.Quad]:
    """Anchors for everything in the store that quotes.

    A file quotes the texts that it names (`<> hrge:quotesFrom source:…`); where it names none, that of its own folder below
    data/sources, else the main one. Raises InputError, with file and line, for a quotation that stands nowhere or in more
    places than one.
    """
    graph = _term("graph", "anchors")
    written: set[str] = set()
    quoted = {
        name: _quoted_by(store, ox.NamedNode(name), path, texts) for name, path in graphs.items()
    }
    for name in QUOTES:
        for quad in sorted(
            store.quads_for_pattern(None, _term("hrge", name), None, None),
            key=lambda q: (str(q.graph_name), str(q.object)),
        ):
            prefix = next(
                (
                    term_text(q.object)
                    for q in store.quads_for_pattern(
                        quad.subject, _term("hrge", "quotePrefix"), None, quad.graph_name
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
            yield ox.Quad(quad.subject, _term("hrge", "anchor"), node, graph)
            if node.value not in written:
                written.add(node.value)
                yield from _described(node, text, anchor, graph)


def _quoted_by(
    store: ox.Store, graph: ox.NamedNode, file: Path, texts: list[TextSource]
) -> list[TextSource]:
    """The texts that a file quotes."""
    named = {
        term_text(q.object)
        for q in store.quads_for_pattern(graph, _term("hrge", "quotesFrom"), None, graph)
    }
    unknown = sorted(named - {text.node.value for text in texts})
    if unknown:
        raise InputError(
            relative(file),
            f"{shrink(unknown[0])} is no source text",
            f"Name one of these: {', '.join(shrink(text.node.value) for text in texts)}.",
            line=line_of(file, *unknown),
        )
    if named:
        return [text for text in texts if text.node.value in named]
    main = {
        term_text(q.subject)
        for q in store.quads_for_pattern(None, _term("hrge", "mainSource"), ox.Literal(True), None)
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
        problem = f"the quotation is not in the source {_keys(quoted)}: {quote!r} stands in {_keys([text for text, _ in elsewhere])}"
        remedy = f"If the file quotes that text, write `<> hrge:quotesFrom {shrink(elsewhere[0][0].node.value)} .` at its head."
        raise InputError(relative(file), problem, remedy, line=line)
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
    found: list[tuple[TextSource, Anchor]] = []
    problems: list[tuple[TextSource, AnchorError]] = []
    for text in texts:
        try:
            found.append((text, text.anchorer.find(quote, prefix)))
        except AnchorError as error:
            problems.append((text, error))
    return found, problems


def _keys(texts: list[TextSource]) -> str:
    return " and ".join(text.key for text in texts)


def _described(
    node: ox.NamedNode, text: TextSource, anchor: Anchor, graph: ox.NamedNode
) -> Iterator[ox.Quad]:
    def fact(
        subject: ox.NamedNode, prefix: str, name: str, value: ox.NamedNode | ox.Literal
    ) -> ox.Quad:
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
