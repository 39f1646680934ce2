"""Finds the thing that a person means by a CURIE, an IRI, a key, a label, a title or a number.
All names come from the graph (queries/trails/names.rq); no document and no norm is named here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from ..errors import InputError
from ..labels import natural_key
from ..namespaces import PREFIXES, expand, kebab, local_name, shrink
from ..sparql import query_text, select

OFFERED = 6
_ABBREVIATIONS = {
    "art": "article",
    "arts": "article",
    "para": "paragraph",
    "fn": "footnote",
    "g": "guideline",
    "p": "page",
    "§": "paragraph",
}
_IGNORED = frozenset(["the", "of", "on", "in", "no", "v", "and", "to", "a", "its", "from", "by"])
_HELP = "Give a key, a label, a title, or a number with its document."
_LONGEST = 500  # letters: no name comes near, and to compare longer ones takes long
# Checks, aspects and concepts are offered; shapes, readings and terms only where nothing else is
# near.
_LISTED = 12


@dataclass
class Named:
    """A thing and all its names, with what serves to find a provision by its number.

    >>> Named("https://w3id.org/hrge/id/norm/safe-return", 1).key
    'safe-return'
    """

    iri: str
    rank: int
    label: str = ""
    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    wholes: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """The last part of the IRI."""
        return local_name(self.iri)

    @cached_property
    def plain(self) -> set[str]:
        """Names and keys, folded for comparison."""
        return {normalise_name(name) for name in self.names} | {
            normalise_name(self.key),
            normalise_name(kebab(self.key)),
        }

    @cached_property
    def words(self) -> set[str]:
        """All words of all names."""
        return {word for name in self.plain for word in name.split()}


def normalise_name(name: str) -> str:
    """A name without case, punctuation and abbreviation.

    >>> normalise_name("CRC, Art. 40(1)"), normalise_name("safe-return")
    ('crc article 40.1', 'safe return')
    """
    text = re.sub(r"(?<=\d)\s+(?=\()", "", name.casefold().replace("’", "'").replace("–", "-"))
    words = re.findall(r"\d[\w()\[\].\-/]*|[^\W\d_]+|§", re.sub(r"'s\b", "", text))
    return " ".join(
        number(word) if word[0].isdigit() else _ABBREVIATIONS.get(word, word) for word in words
    )


def number(text: str) -> str:
    """A number of a provision in one form, however its parts are set off.

    >>> number("16(5)"), number("6.3"), number("37(b)")
    ('16.5', '6.3', '37.b')
    """
    return re.sub(r"[()\[\].,]+", ".", re.sub(r"\s+(?=\()", "", text.casefold())).strip(".-")


def resolve(store: ox.Store, name: str) -> str:
    """The IRI of the one thing that a name means.

    Raises InputError, which offers the nearest names, where there is none or more than one.
    """
    wanted = name.strip()
    iri = expand(wanted)
    if iri is not None and _described(store, iri):
        return iri
    if len(wanted) > _LONGEST:
        raise InputError(
            f"“{wanted[:60]}…”", f"this has {len(wanted)} letters; no name is as long", _HELP
        )
    things = index(store)
    for match in _STEPS:
        candidates = match(things, wanted)
        if len(candidates) == 1:
            return candidates[0].iri
        if candidates:
            raise InputError(
                f"“{name}”",
                "this may be several things",
                f"Which one do you mean? {_offer(candidates)}",
            )
    close = nearest(things, wanted)
    remedy = f"Did you mean one of these? {_offer(close)}" if close else _HELP
    raise InputError(f"“{name}”", "nothing in the graph has that name", remedy)


def index(store: ox.Store) -> list[Named]:
    """Everything that has a name, by kind and then by key."""
    things: dict[str, Named] = {}
    for row in select(store, query_text("trails/names.rq")):
        thing = things.setdefault(row["thing"], Named(row["thing"], int(row["rank"])))
        thing.rank = min(thing.rank, int(row["rank"]))
        thing.label = min(thing.label or row.get("label", ""), row.get("label", ""))
        for field_name, values in (
            ("name", thing.names),
            ("number", thing.numbers),
            ("unit", thing.units),
            ("whole", thing.wholes),
        ):
            if field_name in row:
                values.add(row[field_name])
    return sorted(
        things.values(), key=lambda thing: (thing.rank, natural_key(thing.key), thing.iri)
    )


def nearest(things: Iterable[Named], name: str) -> list[Named]:
    """The things whose names look most like this one, best first."""
    prefix, _, rest = name.partition(":")
    wanted = normalise_name(rest if prefix in PREFIXES else name)
    by_name: dict[str, Named] = {}
    for thing in things:
        for known in thing.plain:
            by_name.setdefault(known, thing)
    words = set(wanted.split()) - _IGNORED

    def shared_words(known: str) -> int:
        return len(words & set(known.split()))

    close = difflib.get_close_matches(wanted, list(by_name), n=OFFERED, cutoff=0.6)
    if not close:  # no name looks like it: those that share the most words with it
        order = sorted(
            by_name, key=lambda known: (-shared_words(known), by_name[known].rank, known)
        )
        close = [known for known in order[:OFFERED] if shared_words(known)]
    candidates = [by_name[known] for known in close]
    main = [thing for thing in candidates if thing.rank <= _LISTED] or candidates
    return list({thing.iri: thing for thing in main}.values())


def _described(store: ox.Store, iri: str) -> bool:
    try:
        quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        return next(quads, None) is not None
    except ValueError:  # not an IRI
        return False


def _of_first_rank(candidates: list[Named]) -> list[Named]:
    """Those of the first kind: a norm before the check and the shape that bear its key."""
    first = min((thing.rank for thing in candidates), default=0)
    return [thing for thing in candidates if thing.rank == first]


def _by_name(things: list[Named], text: str) -> list[Named]:
    wanted = normalise_name(text)
    exact = [thing for thing in things if wanted and wanted in thing.plain]
    # What is written as a key comes before a title that has the same words.
    by_key = [thing for thing in exact if text in (thing.key, kebab(thing.key))]
    return _of_first_rank(by_key or exact)


def _by_number(things: list[Named], text: str) -> list[Named]:
    """Provisions by number, what it counts, and words of a whole: article 16(5) Smuggling Protocol.

    The number is either all numbers of the text joined (article 16 paragraph 5) or one of them; the
    words left over must name what is counted, the provision, or what it is a part of.
    """
    by_iri = {thing.iri: thing for thing in things}
    words = [word for word in normalise_name(text).split() if word not in _IGNORED]
    numbers = [word for word in words if word[0].isdigit()]
    units = {unit for thing in things for unit in thing.units}
    readings = [(".".join(numbers), numbers)]
    readings += [(one_number, [one_number]) for one_number in numbers]
    matches: list[Named] = []
    for thing in things:
        own_numbers = {number(printed) for printed in thing.numbers}
        wholes = [by_iri[iri] for iri in thing.wholes if iri in by_iri]
        for meant, used in readings:
            if meant not in own_numbers:
                continue
            rest = {word for word in words if word not in used}
            counted = rest & units
            known = thing.words.union(*(whole.words for whole in wholes))
            if counted <= thing.units and rest - counted <= known and thing not in matches:
                matches.append(thing)
    return matches


def _by_words(things: list[Named], text: str) -> list[Named]:
    """Things with all the words in one name; a part gives way to a whole that has them too."""
    wanted = set(normalise_name(text).split()) - _IGNORED
    if not wanted or all(word[0].isdigit() for word in wanted):
        return []
    matches = [
        thing for thing in things if any(wanted <= set(known.split()) for known in thing.plain)
    ]
    iris = {thing.iri for thing in matches}
    main = [
        thing
        for thing in matches
        if thing.rank <= 2 or (thing.rank <= 4 and not thing.wholes & iris)
    ]
    return main or _of_first_rank(matches)


_STEPS: tuple[Callable[[list[Named], str], list[Named]], ...] = (_by_name, _by_number, _by_words)


def _offer(things: list[Named]) -> str:
    shown = []
    for thing in things[:OFFERED]:
        name = _display_name(thing)
        shown.append(f"{shrink(thing.iri)} ({name})" if name else shrink(thing.iri))
    more = len(things) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "") + "."


def _display_name(thing: Named) -> str:
    """Its label, else the shortest name that has words in it."""
    return thing.label or min(
        thing.names, key=lambda name: (name[:1].isdigit(), len(name), name), default=""
    )
