"""The characters of each passage as printed, with their places in the raw text.

White space becomes one space and a hyphen at the end of a line is joined to the next line, as the
build folds the text. Everything else stays as it is, curly quotation marks too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import InputError
from ..text.folding import Span, fold_spans
from .model import LEFT_OUT, Edition, Passage


@dataclass(frozen=True)
class Leaf:
    """A passage that holds characters itself: a sentence, a heading, a printed label."""

    passage: Passage
    text: str
    offsets: tuple[int, ...]


Place = tuple[Leaf, int]
"""A character: the leaf that has it, and its number in the leaf's text."""


class Letters:
    """The leaves of an edition, and where each character of the raw text is in them.

    Raises InputError where the text file is not the one that the graph was built from.
    """

    def __init__(self, edition: Edition) -> None:
        self.leaves: dict[str, Leaf] = {}
        self._places: dict[int, Place] = {}
        marks = [
            span
            for passage in edition.passages
            if passage.kind == "footnote-mark"
            for span in passage.spans
        ]
        for passage in _leaves(edition.passages):
            leaf = _leaf(edition, passage, marks)
            self.leaves[passage.iri] = leaf
            self._places |= {
                offset: (leaf, number)
                for number, offset in enumerate(leaf.offsets)
                if leaf.text[number] != " "
            }

    def before(self, offset: int) -> Place | None:
        """The last character that stands before an offset of the raw text."""
        return next(
            (self._places[one] for one in range(offset - 1, -1, -1) if one in self._places), None
        )

    def ends(self, spans: Iterable[Span]) -> tuple[Place, Place] | None:
        """The first and the last character of some spans in reading order, if there is any."""
        places = [
            self._places[offset]
            for start, end in spans
            for offset in range(start, end)
            if offset in self._places
        ]
        if not places:
            return None
        places.sort(key=reading_order)
        return places[0], places[-1]


def reading_order(place: Place) -> tuple[int, int]:
    """A key that sorts characters in the order in which people read them."""
    leaf, number = place
    return leaf.passage.order, number


def _leaves(passages: Iterable[Passage]) -> Iterator[Passage]:
    kept = [passage for passage in passages if passage.kind not in LEFT_OUT]
    parts = ("sentence", "label", "table-cell")
    wholes = {passage.parent for passage in kept if passage.kind in parts}
    # The printed number of a footnote is written as an attribute.
    notes = {passage.iri for passage in kept if passage.kind == "footnote"}
    return (
        one
        for one in kept
        if one.iri not in wholes and not (one.kind == "label" and one.parent in notes)
    )


def _leaf(edition: Edition, passage: Passage, marks: list[Span]) -> Leaf:
    folded = fold_spans(edition.raw, list(_joined(passage.spans, marks)), marks)
    if folded.text != passage.text:
        raise InputError(
            f"data/sources/{edition.facts.key}/text.txt",
            "this is not the text that the graph was built from",
            "Run `hrge build`.",
            line=passage.line,
        )
    text = "".join(
        " " if letter == " " else edition.raw[offset]
        for letter, offset in zip(folded.text, folded.offsets, strict=True)
    )
    return Leaf(passage, text, folded.offsets)


def _joined(spans: Iterable[Span], marks: Iterable[Span]) -> Iterator[Span]:
    """The spans of a passage; those between which only footnote marks stand, as one.

    >>> list(_joined([(0, 4), (6, 9), (20, 30)], [(4, 6)]))
    [(0, 9), (20, 30)]
    """
    ends = dict(marks)
    start, end = -1, -1
    for first, last in spans:
        while end in ends and end < first:
            end = ends[end]
        if start >= 0 and first == end:
            end = last
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end
