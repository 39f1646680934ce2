"""How much of the source texts is accounted for: every sentence and every character, by class and
page, and what is missing.

A character is accounted for where exactly one passage holds it and has exactly one class; a
sentence where it has exactly one class. A sentence with a modal or deontic word carries a norm, or
its note says why it carries none. (docs/reference/coverage.md)
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import SOURCE, XSD, shrink
from ..resources import read_utf8, relative, root
from ..sparql import query_text, select
from ..tables.model import SEPARATOR, Table, Term

UNCLASSIFIED = "unclassified"
_SHARES = ("source", "page", "class", "sentences", "sentenceShare", "characters", "characterShare")
_GAPS = ("source", "page", "line", "problem", "words", "text")


@dataclass(frozen=True)
class Coverage:
    """What a measurement found: the shares, what is missing in reading order, and both in two
    sentences.

    >>> Coverage(Table((), ()), Table((), ()), ()).complete
    True
    """

    shares: Table
    gaps: Table
    summary: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps.rows


@dataclass(frozen=True)
class _Leaf:
    """A passage that holds characters of its own."""

    iri: str
    sentence: bool
    order: int
    page: int
    line: int
    text: str
    spans: frozenset[tuple[int, int]]
    classes: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Its class; a passage of two classes has none that could be counted."""
        return self.classes[0] if len(self.classes) == 1 else UNCLASSIFIED


@dataclass(frozen=True)
class _Gap:
    """Something that is missing, at a character of a text."""

    at: int
    page: int | None
    line: int
    problem: str
    words: str | None
    text: str


@dataclass(frozen=True)
class _Text:
    """A text, counted: classes of sentences and of characters, each with its page."""

    source: str
    sentences: Counter[tuple[int | None, str]]
    characters: Counter[tuple[int | None, str]]
    gaps: tuple[_Gap, ...]


def source_texts(base: Path | None = None) -> dict[str, str]:
    """Every text of data/sources by the IRI of its source, read as it lies there.

    Raises InputError where there is none or one cannot be read.
    """
    found: dict[str, str] = {}
    folder = (base or root()) / "data" / "sources"
    for path in sorted(folder.glob("*/text.txt")):
        found[SOURCE + path.parent.name] = read_utf8(path, "the text")
    if not found:
        raise InputError(
            relative(folder),
            "there is no source text",
            "Add one, as data/sources/<document>/text.txt.",
        )
    return found


def measure(store: ox.Store, texts: Mapping[str, str]) -> Coverage:
    """Hold the built graph against the texts themselves, given by the IRIs of their sources.

    Raises InputError for a text that is empty, or not the one that the graph was built from.
    """
    leaves = _leaves(store)
    pages = _pages(store)
    for source in sorted(leaves.keys() - texts.keys()):
        raise InputError(
            shrink(source),
            "the graph has passages of a text that is not there",
            "Build the graph from this text.",
        )
    deontic = select(store, query_text("catalogue/deontic-words.rq"))
    words = {row["sentence"]: _sorted_items(row["words"]) for row in deontic}
    unsigned = {row["sentence"] for row in deontic if "norms" not in row and "whyNoNorm" not in row}
    counted = [
        _count(
            source, texts[source], leaves.get(source, ()), pages.get(source, ()), words, unsigned
        )
        for source in sorted(texts)
    ]
    gaps = [
        (
            ox.NamedNode(one.source),
            _number(gap.page),
            _number(gap.line),
            ox.Literal(gap.problem),
            _literal(gap.words),
            ox.Literal(gap.text),
        )
        for one in counted
        for gap in one.gaps
    ]
    return Coverage(
        Table(_SHARES, tuple(_share_rows(counted)), "Coverage"),
        Table(_GAPS, tuple(gaps), "Missing", frozenset({"words"})),
        _summary(counted, deontic),
    )


def _count(
    source: str,
    text: str,
    leaves: Iterable[_Leaf],
    pages: Iterable[tuple[int, int]],
    words: Mapping[str, str],
    unsigned: set[str],
) -> _Text:
    holders: dict[int, list[str]] = {}
    sentences: Counter[tuple[int | None, str]] = Counter()
    gaps: list[_Gap] = []
    for leaf in leaves:
        if max(end for _, end in leaf.spans) > len(text):
            raise InputError(
                shrink(source), "the graph was built from another text", "Build the graph again."
            )
        for start, end in leaf.spans:
            for offset in range(start, end):
                holders.setdefault(offset, []).append(leaf.kind)
        if leaf.sentence:
            sentences[leaf.page, leaf.kind] += 1
        problem = _problem(leaf, unsigned)
        if problem:
            gaps.append(
                _Gap(
                    min(leaf.spans)[0],
                    leaf.page,
                    leaf.line,
                    problem,
                    words.get(leaf.iri),
                    leaf.text,
                )
            )
    page_numbers, page_starts = [number for _, number in pages], [start for start, _ in pages]

    def page_of(offset: int) -> int | None:
        place = bisect_right(page_starts, offset)
        return page_numbers[place - 1] if place else None

    offsets = [offset for offset, char in enumerate(text) if not char.isspace()]
    if not offsets:
        raise InputError(shrink(source), "the text is empty", "Put the text into its text.txt.")
    characters = Counter(
        (page_of(o), holders[o][0] if len(holders.get(o, ())) == 1 else UNCLASSIFIED)
        for o in offsets
    )
    for count, run_of in groupby(offsets, lambda offset: len(holders.get(offset, ()))):
        if count != 1:
            place = list(run_of)
            first, last = place[0], place[-1] + 1
            problem = "characters in more than one passage" if count else "characters in no passage"
            line = text.count("\n", 0, first) + 1
            gaps.append(
                _Gap(first, page_of(first), line, problem, None, " ".join(text[first:last].split()))
            )
    return _Text(
        source, sentences, characters, tuple(sorted(gaps, key=lambda gap: (gap.at, gap.problem)))
    )


def _problem(leaf: _Leaf, unsigned: set[str]) -> str | None:
    if not leaf.classes:
        return "no class"
    if len(leaf.classes) > 1:
        return f"several classes: {', '.join(leaf.classes)}"
    if leaf.iri in unsigned:
        return "words that no norm and no reason accounts for"
    return None


def _share_rows(counted: list[_Text]) -> Iterator[tuple[Term | None, ...]]:
    if len(counted) > 1:
        yield from _block(None, counted, whole=True)
    for one in counted:
        yield from _block(ox.NamedNode(one.source), [one], whole=True)
        yield from _block(ox.NamedNode(one.source), [one], whole=False)


def _block(
    source: ox.NamedNode | None, counted: list[_Text], whole: bool
) -> Iterator[tuple[Term | None, ...]]:
    """Rows for the whole of some texts (where no page is named, and unclassified is, also with 0),
    or for each of their pages.
    """
    sentences, characters = (
        _total(one.sentences for one in counted),
        _total(one.characters for one in counted),
    )
    pages = sorted({page for page, _ in (*sentences, *characters) if page is not None})
    for page in [None] if whole else pages:
        own_sentences = _by_class(sentences, page, whole)
        own_characters = _by_class(characters, page, whole)
        named = sorted((own_sentences.keys() | own_characters.keys()) - {UNCLASSIFIED})
        last = (
            [UNCLASSIFIED]
            if whole or UNCLASSIFIED in own_sentences or UNCLASSIFIED in own_characters
            else []
        )
        for name in (*named, *last):
            yield (
                source,
                _number(page),
                ox.Literal(name),
                ox.Literal(own_sentences[name]),
                _share(own_sentences[name], own_sentences.total(), name),
                ox.Literal(own_characters[name]),
                _share(own_characters[name], own_characters.total(), name),
            )


def _total(counters: Iterable[Counter[tuple[int | None, str]]]) -> Counter[tuple[int | None, str]]:
    return sum(counters, Counter())


def _by_class(
    counts: Counter[tuple[int | None, str]], page: int | None, whole: bool
) -> Counter[str]:
    found: Counter[str] = Counter()
    for (its_page, name), count in counts.items():
        if whole or its_page == page:
            found[name] += count
    return found


def _percent(part: int, of: int, rounding: str = ROUND_DOWN) -> str:
    """A share with two decimals; it is rounded so that what is incomplete never reads 100.00.

    >>> _percent(99999, 100000), _percent(1, 100000, ROUND_UP)
    ('99.99', '0.01')
    """
    return str((Decimal(100 * part) / Decimal(of)).quantize(Decimal("0.01"), rounding))


def _share(part: int, of: int, name: str) -> ox.Literal | None:
    if not of:
        return None
    rounding = ROUND_UP if name == UNCLASSIFIED else ROUND_DOWN
    return ox.Literal(_percent(part, of, rounding), datatype=XSD("decimal"))


def _summary(counted: list[_Text], deontic: list[dict[str, str]]) -> tuple[str, ...]:
    parts: list[str] = []
    for what, counts in (
        ("sentences", _total(one.sentences for one in counted)),
        ("characters", _total(one.characters for one in counted)),
    ):
        classes = _by_class(counts, None, whole=True)
        all_of_them, classified = classes.total(), classes.total() - classes[UNCLASSIFIED]
        share = f" ({_percent(classified, all_of_them)} %)" if all_of_them else ""
        parts.append(f"{classified} of {all_of_them} {what}{share}")
    normative = sum("norms" in row for row in deontic)
    signed = sum("norms" not in row and "whyNoNorm" in row for row in deontic)
    return (
        f"Classified: {' and '.join(parts)}.",
        f"Sentences with a modal or deontic word: {len(deontic)}. {normative} carry a norm, {signed} are signed off with a reason, "
        f"{len(deontic) - normative - signed} are neither.",
    )


def _leaves(store: ox.Store) -> dict[str, list[_Leaf]]:
    found: dict[str, list[_Leaf]] = {}
    rows = select(store, query_text("coverage/leaves.rq"))
    for (source, iri), group in groupby(rows, lambda row: (row["source"], row["passage"])):
        its = list(group)
        one = its[0]
        spans = frozenset((int(row["start"]), int(row["end"])) for row in its)
        classes = tuple(sorted({row["class"] for row in its if "class" in row}))
        place = int(one["order"]), int(one["page"]), int(one["line"])
        found.setdefault(source, []).append(
            _Leaf(iri, one["sentence"] == "true", *place, one["text"], spans, classes)
        )
    return found


def _pages(store: ox.Store) -> dict[str, list[tuple[int, int]]]:
    """Where the pages of each source begin, with their numbers."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in select(store, query_text("coverage/pages.rq")):
        found.setdefault(row["source"], []).append((int(row["start"]), int(row["page"])))
    return {source: sorted(pages) for source, pages in found.items()}


def _sorted_items(cell: str) -> str:
    """The items of a cell that lists several, sorted, each once: the store gives them in any order."""
    return SEPARATOR.join(sorted(set(cell.split(SEPARATOR))))


def _number(value: int | None) -> ox.Literal | None:
    return None if value is None else ox.Literal(value)


def _literal(value: str | None) -> ox.Literal | None:
    return None if value is None else ox.Literal(value)
