"""How much of the source texts is classified, by class and page, and what is missing.

`coverage_counts` counts; this module makes tables and a summary of the counts. A sentence with a
modal or deontic word must carry a norm, or its note must say why it carries none.
(docs/reference/coverage.md)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal

import pyoxigraph as ox

from ..namespaces import XSD
from ..sparql import Row, query_text, select
from ..tables.model import SEPARATOR, Table, Term
from .coverage_counts import UNCLASSIFIED, PageClassCounts, TextCounts, count_texts

_SHARES = ("source", "page", "class", "sentences", "sentenceShare", "characters", "characterShare")
_GAPS = ("source", "page", "line", "problem", "words", "text")


@dataclass(frozen=True)
class Coverage:
    """The shares of each class, what is missing (`gaps`, in reading order), and two sentences that
    sum them up.

    >>> Coverage(Table((), ()), Table((), ()), ()).complete
    True
    """

    shares: Table
    gaps: Table
    summary: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps.terms


def measure(store: ox.Store, texts: Mapping[str, str]) -> Coverage:
    """Compare the built graph with the texts themselves, which are given by the IRI of each source.

    Raises InputError for a text that is empty, or not the one that the graph was built from.
    """
    deontic = select(store, query_text("catalogue/deontic-words.rq"))
    words = {row["sentence"]: _sorted_items(row["words"]) for row in deontic}
    unsigned = {row["sentence"] for row in deontic if "norms" not in row and "whyNoNorm" not in row}
    counts = count_texts(store, texts, words, unsigned)
    gaps = [
        (
            ox.NamedNode(text.source),
            _number(gap.page),
            _number(gap.line),
            ox.Literal(gap.problem),
            _literal(gap.words),
            ox.Literal(gap.text),
        )
        for text in counts
        for gap in text.gaps
    ]
    return Coverage(
        Table(_SHARES, tuple(_share_rows(counts)), "Coverage"),
        Table(_GAPS, tuple(gaps), "Missing", frozenset({"words"})),
        _summary(counts, deontic),
    )


def _share_rows(counts: Sequence[TextCounts]) -> Iterator[tuple[Term | None, ...]]:
    if len(counts) > 1:
        yield from _block(None, counts, whole=True)
    for text in counts:
        yield from _block(ox.NamedNode(text.source), [text], whole=True)
        yield from _block(ox.NamedNode(text.source), [text], whole=False)


def _block(
    source: ox.NamedNode | None, counts: Sequence[TextCounts], whole: bool
) -> Iterator[tuple[Term | None, ...]]:
    """Rows for some texts as a whole, or for each of their pages.

    For texts as a whole, the page is blank, and there is always a row for unclassified, if need be
    with 0.
    """
    sentences = _total(text.sentences for text in counts)
    characters = _total(text.characters for text in counts)
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


def _total(counters: Iterable[PageClassCounts]) -> PageClassCounts:
    return sum(counters, Counter())


def _by_class(counts: PageClassCounts, page: int | None, whole: bool) -> Counter[str]:
    classes: Counter[str] = Counter()
    for (page_of_class, name), count in counts.items():
        if whole or page_of_class == page:
            classes[name] += count
    return classes


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


def _summary(counts: Sequence[TextCounts], deontic: list[Row]) -> tuple[str, ...]:
    parts: list[str] = []
    for what, total in (
        ("sentences", _total(text.sentences for text in counts)),
        ("characters", _total(text.characters for text in counts)),
    ):
        classes = _by_class(total, None, whole=True)
        all_of_them, classified = classes.total(), classes.total() - classes[UNCLASSIFIED]
        share = f" ({_percent(classified, all_of_them)} %)" if all_of_them else ""
        parts.append(f"{classified} of {all_of_them} {what}{share}")
    normative = sum("norms" in row for row in deontic)
    signed = sum("norms" not in row and "whyNoNorm" in row for row in deontic)
    return (
        f"Classified: {' and '.join(parts)}.",
        f"Sentences with a modal or deontic word: {len(deontic)}. {normative} carry a norm, "
        f"{signed} are signed off with a reason, {len(deontic) - normative - signed} are neither.",
    )


def _sorted_items(cell: str) -> str:
    """The items of a cell, sorted, each once: the store gives them in any order."""
    return SEPARATOR.join(sorted(set(cell.split(SEPARATOR))))


def _number(value: int | None) -> ox.Literal | None:
    return None if value is None else ox.Literal(value)


def _literal(value: str | None) -> ox.Literal | None:
    return None if value is None else ox.Literal(value)
