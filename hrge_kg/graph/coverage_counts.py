"""Counts, for each source text, the classes of its sentences and characters, and finds its gaps.

A character is classified if exactly one passage holds it and this passage has exactly one class. A
sentence is classified if it has exactly one class. `coverage` makes tables of the counts.
(docs/reference/coverage.md)
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import SOURCE, shrink
from ..resources import read_utf8, relative, root
from ..sparql import query_text, select

UNCLASSIFIED = "unclassified"

PageClassCounts = Counter[tuple[int | None, str]]
"""How many there are of each class on each page. The page is None before the first page."""


@dataclass(frozen=True)
class _Leaf:
    """A passage that holds characters of its own."""

    iri: str
    sentence: bool
    page: int
    line: int
    text: str
    spans: frozenset[tuple[int, int]]
    classes: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The class of the passage; unclassified if it has none or several."""
        return self.classes[0] if len(self.classes) == 1 else UNCLASSIFIED


@dataclass(frozen=True)
class Gap:
    """Something that is missing, at a character of a text."""

    offset: int
    page: int | None
    line: int
    problem: str
    words: str | None
    text: str


@dataclass(frozen=True)
class TextCounts:
    """A text, counted: classes of sentences and of characters, each with its page."""

    source: str
    sentences: PageClassCounts
    characters: PageClassCounts
    gaps: tuple[Gap, ...]


def source_texts(base: Path | None = None) -> dict[str, str]:
    """Every text of data/sources by the IRI of its source, as it is in the file.

    Raises InputError if there is no text, or if one cannot be read.
    """
    texts: dict[str, str] = {}
    folder = (base or root()) / "data" / "sources"
    for path in sorted(folder.glob("*/text.txt")):
        texts[SOURCE + path.parent.name] = read_utf8(path, "the text")
    if not texts:
        raise InputError(
            relative(folder),
            "there is no source text",
            "Add one, as data/sources/<document>/text.txt.",
        )
    return texts


def count_texts(
    store: ox.Store,
    texts: Mapping[str, str],
    words: Mapping[str, str],
    unsigned: set[str],
) -> list[TextCounts]:
    """Count every text (given by the IRI of its source) as the built graph classifies it.

    `words` are the modal and deontic words of each sentence (IRI), `unsigned` the sentences with
    such words that carry no norm and have no note that says why. Raises InputError for a text that
    is empty, or not the one that the graph was built from.
    """
    leaves = _leaves(store)
    pages = _pages(store)
    for source in sorted(leaves.keys() - texts.keys()):
        raise InputError(
            shrink(source),
            "the graph has passages of a text that is not there",
            "Build the graph from this text.",
        )
    return [
        _count(
            source, texts[source], leaves.get(source, ()), pages.get(source, ()), words, unsigned
        )
        for source in sorted(texts)
    ]


def _count(
    source: str,
    text: str,
    leaves: Iterable[_Leaf],
    pages: Iterable[tuple[int, int]],
    words: Mapping[str, str],
    unsigned: set[str],
) -> TextCounts:
    page_of = _PageFinder(pages)
    sentences: PageClassCounts = Counter()
    classes_at: dict[int, list[str]] = {}  # of each passage that holds the character
    gaps: list[Gap] = []
    for leaf in leaves:
        if max(end for _, end in leaf.spans) > len(text):
            raise InputError(
                shrink(source), "the graph was built from another text", "Build the graph again."
            )
        for start, end in leaf.spans:
            for offset in range(start, end):
                classes_at.setdefault(offset, []).append(leaf.kind)
        if leaf.sentence:
            sentences[leaf.page, leaf.kind] += 1
        problem = _problem(leaf, unsigned)
        if problem:
            first = min(leaf.spans)[0]
            gaps.append(Gap(first, leaf.page, leaf.line, problem, words.get(leaf.iri), leaf.text))
    offsets = [offset for offset, char in enumerate(text) if not char.isspace()]
    if not offsets:
        raise InputError(shrink(source), "the text is empty", "Put the text into its text.txt.")
    characters: PageClassCounts = Counter()
    for offset in offsets:
        classes = classes_at.get(offset, ())
        characters[page_of(offset), classes[0] if len(classes) == 1 else UNCLASSIFIED] += 1
    # Neighbouring characters in the same number of passages are one gap, even if white space stands
    # between them.
    for passages, neighbours in groupby(offsets, lambda offset: len(classes_at.get(offset, ()))):
        if passages != 1:
            run = list(neighbours)
            first, after = run[0], run[-1] + 1
            problem = (
                "characters in more than one passage" if passages else "characters in no passage"
            )
            line = text.count("\n", 0, first) + 1
            missing = " ".join(text[first:after].split())
            gaps.append(Gap(first, page_of(first), line, problem, None, missing))
    gaps.sort(key=lambda gap: (gap.offset, gap.problem))
    return TextCounts(source, sentences, characters, tuple(gaps))


class _PageFinder:
    """Finds the page of a character by bisection of the sorted places where pages begin."""

    def __init__(self, pages: Iterable[tuple[int, int]]) -> None:
        starts_and_numbers = list(pages)
        self._starts = [start for start, _ in starts_and_numbers]
        self._numbers = [number for _, number in starts_and_numbers]

    def __call__(self, offset: int) -> int | None:
        place = bisect_right(self._starts, offset)
        return self._numbers[place - 1] if place else None


def _problem(leaf: _Leaf, unsigned: set[str]) -> str | None:
    if not leaf.classes:
        return "no class"
    if len(leaf.classes) > 1:
        return f"several classes: {', '.join(leaf.classes)}"
    if leaf.iri in unsigned:
        return "words that no norm and no reason accounts for"
    return None


def _leaves(store: ox.Store) -> dict[str, list[_Leaf]]:
    """The leaves of each source (IRI), in the order of the query: by source, then by passage."""
    leaves: dict[str, list[_Leaf]] = {}
    rows = select(store, query_text("coverage/leaves.rq"))
    for (source, iri), group in groupby(rows, lambda row: (row["source"], row["passage"])):
        rows_of_leaf = list(group)
        first = rows_of_leaf[0]
        leaves.setdefault(source, []).append(
            _Leaf(
                iri,
                first["sentence"] == "true",
                int(first["page"]),
                int(first["line"]),
                first["text"],
                frozenset((int(row["start"]), int(row["end"])) for row in rows_of_leaf),
                tuple(sorted({row["class"] for row in rows_of_leaf if "class" in row})),
            )
        )
    return leaves


def _pages(store: ox.Store) -> dict[str, list[tuple[int, int]]]:
    """Where the pages of each source begin, with their numbers."""
    pages: dict[str, list[tuple[int, int]]] = {}
    for row in select(store, query_text("coverage/pages.rq")):
        pages.setdefault(row["source"], []).append((int(row["start"]), int(row["page"])))
    return {source: sorted(starts) for source, starts in pages.items()}
