"""A source text line by line, as it is printed, with the things whose words it holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from ..edition.model import Edition, Named
from ..text.folding import Span

_AROUND = 2  # lines that are shown before and after the words of a thing
_OUTER = 10**9


@dataclass(frozen=True)
class Piece:
    """Some letters of a line that belong to the same things: norms first, then by how few words
    a thing has. `opens` is true where the words of the first of them begin.
    """

    text: str
    things: tuple[Named, ...] = ()
    opens: bool = False


@dataclass(frozen=True)
class TextLine:
    """A printed line: its number, page, the kind of passage it is in, its pieces, and the things
    whose words begin on it.
    """

    number: int
    page: int
    kind: str
    pieces: tuple[Piece, ...]
    beginning: tuple[Named, ...]


@dataclass(frozen=True)
class _Marked:
    """The words of a thing: where they are, and how many letters they have."""

    thing: Named
    start: int
    end: int
    first: int
    order: tuple[bool, int, str]


class SourceText:
    """The lines of one edition. Of several things with the same words, `chief` come first."""

    def __init__(self, edition: Edition, chief: Container[str] = ()) -> None:
        self.edition = edition
        self._chief = chief
        self.facts = edition.facts
        lines = edition.raw.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))[:-1]
        self._texts = lines
        passages = {one.iri: one.spans for one in edition.passages}
        self.spans: dict[str, tuple[Span, ...]] = dict(passages)
        for anchor in edition.anchors:
            for thing in anchor.things:
                found = {*self.spans.get(thing.iri, ()), *anchor.spans}
                self.spans[thing.iri] = tuple(sorted(found))
        for citation in edition.citations:
            self.spans[citation.iri] = citation.spans

    @cached_property
    def _marks(self) -> list[_Marked]:
        """All words with the thing whose words they are; citations stand for what they cite."""
        found = [
            (thing, anchor.spans) for anchor in self.edition.anchors for thing in anchor.things
        ]
        found += [
            (Named(one.cited[0].thing.iri, one.cited[0].thing.label), one.spans)
            for one in self.edition.citations
        ]
        return [
            _Marked(thing, start, end, spans[0][0], self._order(thing, spans))
            for thing, spans in found
            for start, end in spans
        ]

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """All lines, with all things."""
        return tuple(self._lines(range(len(self._starts)), self._marks))

    def pages(self) -> dict[int, list[list[TextLine]]]:
        """The lines of each page, in blocks between empty lines."""
        found: dict[int, list[list[TextLine]]] = {}
        open_block = False
        for line in self.lines:
            blocks = found.setdefault(line.page, [])
            if not open_block or not blocks:
                blocks.append([])
            blocks[-1].append(line)
            open_block = any(piece.text.strip() for piece in line.pieces)
        return found

    def around(self, iri: str) -> list[tuple[TextLine, ...]]:
        """The lines around the words of a thing, in which only its own words are marked.

        Words that are far from each other are in lists of their own.
        """
        spans = self.spans.get(iri, ())
        thing = Named(iri, "")
        order = self._order(thing, spans)
        marks = [_Marked(thing, start, end, spans[0][0], order) for start, end in spans]
        wanted = sorted({n for start, end in spans for n in self._near(start, end)})
        groups: list[list[int]] = []
        for number in wanted:
            if not groups or number > groups[-1][-1] + 1:
                groups.append([])
            groups[-1].append(number)
        return [tuple(self._lines(group, marks)) for group in groups]

    def _order(self, thing: Named, spans: Iterable[Span]) -> tuple[bool, int, str]:
        return thing.iri not in self._chief, sum(end - start for start, end in spans), thing.label

    def anchors(self) -> Iterator[tuple[str, int]]:
        """The anchors (IRIs), each with the line on which its words begin."""
        for anchor in self.edition.anchors:
            yield anchor.iri, self._number(anchor.spans[0][0]) + 1

    def places_of(self, spans: Iterable[Span]) -> list[tuple[int, int, int]]:
        """Page, first line and last line of each of some spans."""
        found = []
        for start, end in spans:
            first, last = self._number(start), self._number(max(start, end - 1))
            found.append((self._page(self._starts[first]), first + 1, last + 1))
        return found

    def _near(self, start: int, end: int) -> range:
        first, last = self._number(start), self._number(max(start, end - 1))
        return range(max(0, first - _AROUND), min(len(self._starts), last + _AROUND + 1))

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _lines(self, numbers: Iterable[int], marks: Collection[_Marked]) -> Iterator[TextLine]:
        for number in numbers:
            start = self._starts[number]
            text = self._texts[number]
            here = [one for one in marks if one.start < start + len(text) and one.end > start]
            beginning = [one for one in here if start <= one.first < start + len(text) + 1]
            yield TextLine(
                number + 1,
                self._page(start),
                self._kind(start + len(text) - len(text.lstrip())),
                tuple(_pieces(text, start, here)),
                tuple(dict.fromkeys(one.thing for one in sorted(beginning, key=_by_place))),
            )

    @cached_property
    def _pages(self) -> list[tuple[int, int]]:
        pages = [one for one in self.edition.passages if one.kind == "page"]
        return sorted((start, one.page) for one in pages for start, _ in one.spans)

    def _page(self, offset: int) -> int:
        at = bisect_right(self._pages, (offset, _OUTER)) - 1
        return self._pages[max(0, at)][1]

    def _kind(self, offset: int) -> str:
        """The kind of the largest passage that holds a letter, of those that are no page."""
        holding = [
            (end - start, -one.order, one.kind)
            for one in self.edition.passages
            for start, end in one.spans
            if one.kind != "page" and start <= offset < end
        ]
        return max(holding)[2] if holding else ""


def _by_place(one: _Marked) -> tuple[int, tuple[bool, int, str]]:
    return one.first, one.order


def _pieces(text: str, start: int, marks: Collection[_Marked]) -> Iterator[Piece]:
    end = start + len(text)
    cuts = {start, end}
    for one in marks:
        cuts |= {max(start, one.start), min(end, one.end)}
    for left, right in pairwise(sorted(cuts)):
        over = sorted(
            (one for one in marks if one.start <= left and one.end >= right),
            key=lambda one: one.order,
        )
        opens = bool(over) and over[0].first == left
        things = tuple(dict.fromkeys(one.thing for one in over))
        yield Piece(text[left - start : right - start], things, opens)
