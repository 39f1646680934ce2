"""Reads from a graph what its things are called, and compares names as people write them.

All names come from the graph (queries/lookup/names.rq); no document and no norm is named here.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pyoxigraph as ox

from ..labels import natural_key
from ..namespaces import kebab, local_name
from ..prepared import kept_file
from ..sparql import Row, query_text, select

NORM_RANK, DOCUMENT_RANK, PROVISION_RANK, LIMIT_RANK = 1, 2, 3, 4
"""The place of some kinds in queries/lookup/names.rq."""
IGNORED = frozenset(["the", "of", "on", "in", "no", "v", "and", "to", "a", "its", "from", "by"])
_ABBREVIATIONS = {
    "art": "article",
    "arts": "article",
    "articles": "article",
    "para": "paragraph",
    "paras": "paragraph",
    "paragraphs": "paragraph",
    "subparagraph": "paragraph",
    "subpara": "paragraph",
    "lit": "paragraph",
    "par": "paragraph",
    "fn": "footnote",
    "g": "guideline",
    "p": "page",
    "§": "paragraph",
    "§§": "paragraph",
}
# Words that say that an identifier follows, and of which kind it is, but are no part of it.
LEADING = frozenset(
    re.findall(
        r"\w+",
        "appl application app case chapter doc docs document ecli hudoc isbn no nos nr number num "
        "p page pp reg registered registration sales symbol the un untc vol volume",
    )
)
_REGISTERED = frozenset({"reg", "registered", "registration"})
_SAME_WORDS = {"ga": "a", "resolution": "res"}
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_LONG_FORMS = (
    (re.compile(r"\bunited nations,?\s+treaty series\b"), "unts"),
    (re.compile(r"\bgeneral assembly\b"), "a"),
    (re.compile(r"\bisbn[ -]?1[03]\b"), "isbn"),
)
_MANY = 4
"""A word in the names of so many documents tells none of them from the others."""
_KINDS = "SELECT DISTINCT ?kind WHERE { ?thing hrge:documentKind/skos:prefLabel ?kind }"
INDEX = "names-index.json"
"""The file in the folder of a build that holds all names: what `index_names` returns."""


@dataclass(frozen=True)
class Named:
    """A thing and all its names.

    `rank` is the place of its kind in queries/lookup/names.rq; a lower rank comes first.
    `identifiers` are symbols, places in series and the like. The next fields serve to find a
    provision by its number: `numbers` are its numbers, `units` what they count ("article"),
    `wholes` the IRIs of what it is a part of. `plain` are names and keys as `normalise_name` makes
    them, for comparison.

    >>> Named("https://w3id.org/hrge/id/norm/safe-return", 1).key
    'safe-return'
    """

    iri: str
    rank: int
    label: str = ""
    names: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    wholes: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The last part of the IRI."""
        return local_name(self.iri)

    @cached_property
    def words(self) -> set[str]:
        """All words of all names."""
        return {word for name in self.plain for word in name.split()}

    @cached_property
    def words_and_identifiers(self) -> set[str]:
        """All words, and those of identifiers: "CCPR/C/GC/35, para. 18" names a document too."""
        return self.words.union(*(normalise_name(one).split() for one in self.identifiers))

    @cached_property
    def identifier_keys(self) -> set[tuple[str, ...]]:
        """Identifiers for comparison, whole and in parts: "596 UNTS 261, reg. 8638" has two."""
        parts = {
            part
            for identifier in self.identifiers
            for part in (identifier, *_identifier_parts(identifier))
        }
        return {key for part in parts for key in identifier_keys(part)}

    @property
    def display_name(self) -> str:
        """The label; without one, the shortest name that does not begin with a digit."""
        return self.label or min(
            self.names, key=lambda name: (name[:1].isdigit(), len(name), name), default=""
        )


@dataclass(frozen=True)
class NameNote:
    """What is to be said of one name of a document. (queries/lookup/name-notes.rq)

    >>> NameNote("document:a", "Code", "thing", "the Committee").place
    99
    """

    thing: str
    name: str
    way: str
    other: str
    place: int = 99


@dataclass(frozen=True)
class Names:
    """Everything that has a name, by kind and then by key, and what is to be said of names.

    `rows` has the fields of each thing. A key is found in them, before all things are made.
    """

    rows: Sequence[Sequence[Any]]
    notes: tuple[NameNote, ...]
    kinds: frozenset[str]
    """The words for kinds of documents: protocol, guidelines."""

    @cached_property
    def things(self) -> tuple[Named, ...]:
        """All things, in the order of their rows."""
        return tuple(map(_named, self.rows))

    @cached_property
    def by_iri(self) -> dict[str, Named]:
        """The things by IRI."""
        return {thing.iri: thing for thing in self.things}

    def with_key(self, text: str) -> list[Named]:
        """The things with this key, written as it is or in kebab-case."""
        plain = text.replace("-", "").lower()  # quicker to compare than kebab-case
        near = (row for row in self.rows if row[0].replace("-", "").lower().endswith(plain))
        return [thing for thing in map(_named, near) if text in (thing.key, kebab(thing.key))]

    @cached_property
    def units(self) -> frozenset[str]:
        """What numbers of provisions count: article, paragraph."""
        return frozenset(unit for thing in self.things for unit in thing.units)

    @cached_property
    def generic(self) -> frozenset[str]:
        """Words that are no name of a document alone: those of kinds, and those of many titles."""
        count = Counter(
            word for thing in self.things if thing.rank == DOCUMENT_RANK for word in thing.words
        )
        return self.kinds | {word for word, times in count.items() if times >= _MANY}

    def too_general(self, words: Iterable[str]) -> bool:
        """Whether words say too little for a document to be meant: one word, in many titles."""
        telling = {word for word in words if not word[0].isdigit()}
        return len(telling) <= 1 and telling <= self.generic

    def notes_of(self, name: str) -> list[NameNote]:
        """What is to be said of a name, the documents that are meant most often first."""
        wanted, keys = name_key(name), identifier_keys(name)
        found = [
            note
            for note in self.notes
            if name_key(note.name) == wanted
            or (note.way == "unverified" and keys & identifier_keys(note.name))
        ]
        return sorted(found, key=lambda note: (note.place, note.thing, note.other))


@lru_cache(maxsize=1)
def read_names(store: ox.Store) -> Names:
    """All names of a graph. They are read once for each graph: a graph does not change."""
    kept = kept_file(store, INDEX)
    index = json.loads(index_names(store) if kept is None else kept)
    return Names(
        index["things"],
        tuple(NameNote(*note) for note in index["notes"]),
        frozenset(index["kinds"]) - IGNORED,
    )


def _named(row: Sequence[Any]) -> Named:
    iri, rank, label, *values = row
    return Named(iri, rank, label, *map(frozenset, values))


def index_names(store: ox.Store) -> bytes:
    """All names of a graph as JSON: the fields of `Names`, the things in their order."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in select(store, query_text("lookup/names.rq")):
        rows[row["thing"]].append(row)
    ranks = {iri: min(int(row["rank"]) for row in found) for iri, found in rows.items()}
    order = sorted(rows, key=lambda iri: (ranks[iri], natural_key(local_name(iri)), iri))
    things = [_index_entry(iri, ranks[iri], rows[iri]) for iri in order]
    notes = sorted(
        (row["thing"], row["name"], row["way"], row["other"], int(row.get("place", 99)))
        for row in select(store, query_text("lookup/name-notes.rq"))
    )
    kinds = {word for row in select(store, _KINDS) for word in normalise_name(row["kind"]).split()}
    index = {"things": things, "notes": notes, "kinds": sorted(kinds)}
    return json.dumps(index, ensure_ascii=False).encode()


def _index_entry(iri: str, rank: int, rows: list[Row]) -> tuple[object, ...]:
    """The fields of `Named`, in their order."""
    columns = ("name", "identifier", "number", "unit", "whole")
    values = [sorted({row[column] for row in rows if column in row}) for column in columns]
    key = local_name(iri)
    plain = {normalise_name(name) for name in {*values[0], key, kebab(key)}}  # most are the same
    return iri, rank, min(row.get("label", "") for row in rows), *values, sorted(plain)


def normalise_name(name: str) -> str:
    """A name without case, punctuation and abbreviation.

    >>> normalise_name("CRC, Art. 40(1)"), normalise_name("safe-return"), normalise_name("U.N.")
    ('crc article 40.1', 'safe return', 'un')
    """
    text = re.sub(r"(?<=\d)\s+(?=\()", "", name.casefold().replace("’", "'").replace("–", "-"))
    text = _INITIALS.sub(lambda one: one[0].replace(".", "") + " ", text)
    words = re.findall(r"\d[\w()\[\].\-/]*|[^\W\d_]+|§+", re.sub(r"'s\b", "", text))
    return " ".join(
        number(word) if word[0].isdigit() else _ABBREVIATIONS.get(word, word) for word in words
    )


def number(text: str) -> str:
    """A number of a provision in one form, whether it is written with brackets or full stops.

    >>> number("16(5)"), number("6.3"), number("37(b)"), number("37b")
    ('16.5', '6.3', '37.b', '37.b')
    """
    plain = re.sub(r"[()\[\].,]+", ".", re.sub(r"\s+(?=\()", "", text.casefold())).strip(".-")
    return re.sub(r"(?<=\d)(?=[a-z](?![a-z]))", ".", plain)


def telling_words(text: str) -> list[str]:
    """The words of a name that say something, in their order."""
    return [word for word in normalise_name(text).split() if word not in IGNORED]


def name_key(name: str) -> frozenset[str]:
    """What a name says, for comparison: its telling words, in any order.

    >>> name_key("General Comment No. 5") == name_key("general comment 5")
    True
    """
    return frozenset(telling_words(name))


def identifier_keys(text: str) -> set[tuple[str, ...]]:
    """An identifier for comparison: its letters and digits, in any order and as one word.

    Words that only say what follows do not count ("UN Doc.", "vol.", "ISBN"), nor do zeros before
    a number.

    >>> identifier_keys("UNTS, vol. 2237, p. 319") & identifier_keys("2237 U.N.T.S. 319")
    {('2237', '319', 'unts')}
    >>> identifier_keys("UN Doc. E/2002/68/Add.1") & identifier_keys("E/2002/68/Add.1") != set()
    True
    """
    plain = _INITIALS.sub(lambda one: one[0].replace(".", "") + " ", text.casefold())
    for pattern, short in _LONG_FORMS:
        plain = pattern.sub(short, plain)
    tokens = [_SAME_WORDS.get(token, token) for token in re.findall(r"[^\W\d_]+|\d+", plain)]
    if _REGISTERED & set(tokens):  # the series in which it is registered is no part of the number
        tokens = [token for token in tokens if token != "unts"]
    tokens = [token.lstrip("0") or "0" for token in tokens if token not in LEADING]
    if not any(token.isdigit() for token in tokens):
        return set()
    return {tuple(sorted(tokens)), ("".join(tokens),)}


def _identifier_parts(identifier: str) -> list[str]:
    """What stands before a comma, a bracket or "and"; and the number of registration.

    >>> _identifier_parts("596 UNTS 261, reg. 8638"), _identifier_parts("(2010) 51 EHRR 1")
    (['596 UNTS 261', 'reg. 8638'], ['51 EHRR 1'])
    """
    without_year = re.sub(r"^\(\d{4}\) ", "", identifier)
    head, *rest = re.split(r", | and | \(", without_year)
    return [head, *(part for part in rest if part.startswith("reg"))]
