"""Finds things by words: in their labels, their names and their words, best first.

Words are compared without case, accents and usual endings. A rare word counts more than a common
one (inverse document frequency), and what has more of the words comes first. The pages rank alike.
(hrge_kg/site/templates/search.js)
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from ..errors import InputError
from ..graph.names import Named, read_names
from ..graph.near_names import nearest
from ..namespaces import shrink
from ..sparql import query_text, select
from ..tables.model import Table

COLUMNS = ("thing", "label", "words")
MOST = 20
_LABEL, _NAME, _KEY, _TEXT = 8, 6, 5, 3
"""What a word counts in each place."""
_LAST_RANK = 12
"""Shapes, readings and terms of the ontology are not searched. (queries/lookup/names.rq)"""
_LEAST_SHARE = 0.25
"""How much of what was asked a thing must have."""
_COMMON = 8
"""A word that one in so many things has says nothing."""
_AROUND = 60
"""Characters before the first word that was asked for."""
_SHOWN = 160
"""Characters of the words of a thing that are shown."""
_WORD = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(r"(ing|ies|ed|es|s|y)$")


@dataclass
class _Entry:
    """A thing, its texts, and by stem of a word what it counts at most."""

    thing: Named
    texts: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)

    def add(self, weight: int, texts: Iterable[str]) -> None:
        for text in texts:
            for stem in _stems(text):
                self.weights[stem] = max(self.weights.get(stem, 0), weight)

    def weight(self, asked: str) -> int:
        """What a word counts here: twice as much whole as where another word begins with it."""
        beginning = (
            weight
            for stem, weight in self.weights.items()
            if len(asked) > 2 and stem.startswith(asked)
        )
        return max(2 * self.weights.get(asked, 0), max(beginning, default=0))


def search(graph: ox.Store, words: str, most: int = MOST) -> Table:
    """The things that have the words, best first: IRI, label, and the words in their context.

    Raises InputError where nothing to look for is given, or `most` is below 1.
    """
    asked = list(dict.fromkeys(_stems(words)))
    if not asked:
        raise InputError(
            "hrge search",
            "there is no word in Latin letters, and no number, to look for",
            "Give one or more English words: the text is in English.",
        )
    if most < 1:
        raise InputError("--max", "it must be 1 or more", "Give a larger number.")
    entries = list(_entries(graph))
    rarity = _rarity(entries, asked)
    found = _ranked(entries, rarity)[:most]
    counted = [word for word, rare in rarity.items() if rare]
    rows = tuple(
        (
            ox.NamedNode(entry.thing.iri),
            ox.Literal(entry.thing.display_name),
            ox.Literal(_context(entry.texts, counted)),
        )
        for entry in found
    )
    return Table(COLUMNS, rows, f"what has “{' '.join(words.split())}”")


def near(graph: ox.Store, words: str) -> list[str]:
    """What is nearly called so: key and name of at most six things."""
    found = nearest(read_names(graph), words, 6)
    return [f"{shrink(thing.iri)} ({thing.display_name})" for thing in found]


def uncited(graph: ox.Store, found: Table) -> list[str]:
    """Of what was found: the documents of which nothing is cited, and the provisions that are not
    cited by themselves. A reader would take what is in the graph for cited.
    """
    rows = select(graph, query_text("lookup/cited.rq"))
    cited = {row["document"] for row in rows if row["citations"] != "0"}
    without = {row["part"]: row["document"] for row in rows if row["citations"] == "0"}
    told = []
    for thing, label, _ in found.terms:
        if not isinstance(thing, ox.NamedNode) or not isinstance(label, ox.Literal):
            continue
        iri, name = thing.value, f"{label.value} ({shrink(thing.value)})"
        if without.get(iri) == iri and iri not in cited:
            told.append(f"nothing of {name} is cited in the text")
        elif without.get(iri, iri) != iri:
            told.append(f"{name} is not cited by itself in the text")
    return told


def _entries(graph: ox.Store) -> Iterator[_Entry]:
    texts: dict[str, list[str]] = {}
    for row in select(graph, query_text("lookup/search.rq")):
        texts.setdefault(row["thing"], []).append(row["text"])
    for thing in read_names(graph).things:
        if thing.rank <= _LAST_RANK:
            entry = _Entry(thing, list(dict.fromkeys(texts.get(thing.iri, ()))))
            entry.add(_TEXT, entry.texts)
            entry.add(_KEY, [thing.key])
            entry.add(_NAME, thing.names | thing.identifiers)
            entry.add(_LABEL, [thing.label])
            yield entry


def _rarity(entries: Sequence[_Entry], asked: Sequence[str]) -> dict[str, float]:
    """How much each word tells: the fewer things have it, the more; nothing where many have it."""
    rarity = {}
    for word in asked:
        holding = sum(bool(entry.weight(word)) for entry in entries)
        tells = 0 < holding < len(entries) / _COMMON
        rarity[word] = math.log(len(entries) / holding) if tells else 0.0
    return rarity


def _ranked(entries: Sequence[_Entry], rarity: Mapping[str, float]) -> list[_Entry]:
    whole = sum(rarity.values())
    scores = []
    for entry in entries:
        weights = {word: entry.weight(word) for word, rare in rarity.items() if rare}
        share = sum(rarity[word] for word, weight in weights.items() if weight)
        if share and share >= _LEAST_SHARE * whole:
            total = sum(weight * rarity[word] for word, weight in weights.items())
            scores.append((-total * (share / whole) ** 2, entry.thing.rank, entry.thing.iri, entry))
    return [entry for *_, entry in sorted(scores, key=lambda one: one[:3])]


def _context(texts: Sequence[str], asked: Sequence[str]) -> str:
    """The words of a thing around the first that was asked for."""
    for text in texts:
        for word in re.finditer(r"\w+", text):
            if any(stem.startswith(one) for stem in _stems(word[0]) for one in asked):
                start = max(0, word.start() - _AROUND)
                start = text.find(" ", start) + 1 if start else 0
                return _cut(text, start)
    return _cut(texts[0], 0) if texts else ""


def _cut(text: str, start: int) -> str:
    shown = text[start : start + _SHOWN]
    if start + _SHOWN < len(text):
        shown = f"{shown.rsplit(' ', 1)[0]} …"
    return f"… {shown}" if start else shown


def _stems(text: str) -> Iterator[str]:
    """The words of a text without case, accents and usual endings.

    >>> list(_stems("Détention centres, in 2 cities"))
    ['detention', 'centr', 'in', '2', 'cit']
    """
    plain = unicodedata.normalize("NFD", text).casefold()
    for word in _WORD.findall("".join(one for one in plain if not unicodedata.combining(one))):
        short = _ENDING.sub("", word) if len(word) > 4 else word
        yield short if len(short) > 2 else word
