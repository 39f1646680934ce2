"""Finds the thing that a person means by a CURIE, an IRI, a key, a label, a title or a number.

A name that several things have is answered with the choices. What is said of a name beside the
answer (it also means something else; the graph has only the article) are its notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import expand, kebab, shrink
from ..text.folding import fold_pasted
from .names import (
    DOCUMENT_RANK,
    LEADING,
    LIMIT_RANK,
    NORM_RANK,
    PROVISION_RANK,
    Named,
    NameNote,
    Names,
    identifier_keys,
    name_key,
    normalise_name,
    number,
    read_names,
    telling_words,
)
from .near_names import nearest

OFFERED = 6
"""The most names that a message offers."""
_HELP = "Give a key, a label, a title, or a number with its document."
_LONGEST = 500  # letters; no name has so many, and to compare longer ones takes long


@dataclass(frozen=True)
class Found:
    """What a name means: an IRI, and what a reader must know of the name.

    >>> Found("https://w3id.org/hrge/id/document/a").notes
    ()
    """

    iri: str
    notes: tuple[str, ...] = ()


def resolve(store: ox.Store, name: str) -> str:
    """The IRI of the one thing that a name means; `find` has what must be said of the name too."""
    return find(store, name).iri


def find(store: ox.Store, name: str) -> Found:
    """The one thing that a name means.

    Raises InputError, which offers the choices or the nearest names, if several things or nothing
    have the name.
    """
    wanted = name.strip()
    iri = expand(wanted)
    if iri is not None and _described(store, iri):
        return Found(iri)
    if len(wanted) > _LONGEST:
        raise InputError(
            f"“{wanted[:60]}…”", f"this has {len(wanted)} letters; no name is as long", _HELP
        )
    wanted = fold_pasted(wanted)
    names = read_names(store)
    for match in _STEPS:
        candidates = match(names, wanted)
        if candidates:
            return _one_of(candidates, names, wanted)
    parts = _by_larger_part(names, wanted)
    if len(parts) == 1:
        found = _one_of(parts, names, wanted)
        note = f"“{wanted}” is not in the graph; this is what it is a part of: {parts[0].label}."
        return Found(found.iri, (note, *found.notes))
    close = nearest(names, wanted, OFFERED)
    if of_one := _parts_in_the_graph(names, wanted):
        whole, some = of_one
        known = f"Of {shrink(whole.iri)} the texts cite at most these parts: {_offer(some)}"
        raise InputError(f"“{name}”", "nothing in the graph has that name", known)
    remedy = f"Did you mean one of these? {_offer(close)}" if close else _HELP
    raise InputError(f"“{name}”", "nothing in the graph has that name", remedy)


def _one_of(candidates: list[Named], names: Names, wanted: str) -> Found:
    """The one candidate, with the notes on the name.

    Raises InputError, with the choices, for several; also for one whose name something has that is
    not in the graph.
    """
    is_key = any(wanted in (thing.key, kebab(thing.key)) for thing in candidates)
    notes = [] if is_key else _notes(candidates, names, wanted)
    others = [note for note in notes if note.way in ("text", "thing", "shared")]
    if len(candidates) == 1 and not others:
        return Found(candidates[0].iri, tuple(_told(note) for note in notes))
    choices = _choices(candidates, others, names)
    raise InputError(
        f"“{wanted}”", "this may be several things", f"Which one do you mean? {choices}"
    )


def _notes(candidates: list[Named], names: Names, wanted: str) -> list[NameNote]:
    """What is to be said of the name: of the whole, or of the document beside a number."""
    if any(thing.rank != PROVISION_RANK for thing in candidates):
        return names.notes_of(wanted)
    # Bodies and matters have no provisions: with a number the name can only mean the document.
    return [note for note in names.notes_of(_without_numbers(wanted, names)) if note.way != "thing"]


def _choices(candidates: list[Named], others: list[NameNote], names: Names) -> str:
    """The candidates and what else has the name, those that are meant most often first."""
    place = {note.thing: order for order, note in enumerate(others)}
    covered = {iri for thing in candidates for iri in (thing.iri, *thing.wholes)}
    beside = [names.by_iri[iri] for iri in place if iri not in covered and iri in names.by_iri]
    things = sorted([*candidates, *beside], key=lambda thing: place.get(thing.iri, len(place)))
    return _offer(things, list(dict.fromkeys(note.other for note in others if note.other)))


def _told(note: NameNote) -> str:
    if note.way == "unverified":
        return f"“{note.name}” is an unverified name of it ({note.other})."
    return f"“{note.name}” can also mean {note.other}."


def _described(store: ox.Store, iri: str) -> bool:
    try:
        quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        return next(quads, None) is not None
    except ValueError:  # not an IRI
        return False


def _of_first_rank(candidates: list[Named]) -> list[Named]:
    """The candidates of the lowest rank: a norm comes before a check or shape with the same key."""
    first = min((thing.rank for thing in candidates), default=0)
    return [thing for thing in candidates if thing.rank == first]


def _by_name(names: Names, text: str) -> list[Named]:
    # If the text is the key of one thing and has the words of another's title, the key counts.
    by_key = names.with_key(text)
    if by_key:
        return _of_first_rank(by_key)
    wanted = normalise_name(text)
    return _of_first_rank([thing for thing in names.things if wanted and wanted in thing.plain])


def _by_identifier(names: Names, text: str) -> list[Named]:
    """Documents by symbol, place in a series or another identifier, however it is written."""
    wanted = identifier_keys(text)
    return [thing for thing in names.things if thing.identifiers and wanted & thing.identifier_keys]


def _by_number(names: Names, text: str) -> list[Named]:
    """Provisions by number, as in "article 16(5) Smuggling Protocol".

    The number is either all numbers of the text joined (article 16 paragraph 5) or one of them. The
    other words must say what is counted (article), or be in a name of the provision or of what it
    is a part of.
    """
    words = _words_in_order(text, names)
    numbers = [word for word in words if word[0].isdigit()]
    # The numbers that may be meant, each with the words of the text that make it up.
    possible = [(".".join(numbers), numbers)]
    possible += [(one_number, [one_number]) for one_number in numbers]
    matches: list[Named] = []
    for meant, used in possible:
        rest = {word for word in words if word not in used}
        counted = rest & names.units
        matches += [
            thing
            for thing in _numbered(names, meant, rest - counted)
            if counted <= thing.units and thing not in matches
        ]
    return matches


def _by_larger_part(names: Names, text: str) -> list[Named]:
    """What a paragraph that the graph does not have is a part of, in the same document.

    The text must name the document: an article 9 of any other is not what is meant.
    """
    words = _words_in_order(text, names)
    numbers = [word for word in words if word[0].isdigit()]
    rest = {word for word in words if not word[0].isdigit()}
    counted, of = rest & names.units, rest - names.units
    if not of or names.too_general(of):
        return []
    parts = ".".join(numbers).split(".")
    while len(parts) > 1:
        parts.pop()
        matches = [
            thing
            for thing in _numbered(names, ".".join(parts), of)
            if not counted or counted & thing.units
        ]
        if matches:
            return matches
    return []


def _parts_in_the_graph(names: Names, text: str) -> tuple[Named, list[Named]] | None:
    """The one document that a text names beside the number of a part that the graph does not have,
    and the parts that it has.
    """
    words = _words_in_order(text, names)
    counted = names.units & set(words)
    of = {word for word in words if not word[0].isdigit()} - names.units - LEADING
    numbers = [word for word in words if word[0].isdigit()]
    if not numbers or max(map(len, of), default=0) < 3 or names.too_general(of):
        return None
    parts: dict[str, list[Named]] = {}
    for thing in names.things:
        for iri in thing.wholes if thing.rank == PROVISION_RANK else ():
            whole = names.by_iri.get(iri)
            if whole and whole.rank < PROVISION_RANK and _names(whole, of, counted):
                parts.setdefault(iri, []).append(thing)
    if len(parts) != 1:
        return None
    [(iri, some)] = parts.items()
    return names.by_iri[iri], some


def _names(whole: Named, words: set[str], counted: frozenset[str]) -> bool:
    """Whether words name a document. A series beside a number (CETS 197) names another."""
    return words <= whole.words_and_identifiers and bool(counted or words & whole.words)


def _numbered(names: Names, meant: str, of: set[str]) -> list[Named]:
    """The things with a number, if all words are in their names or in those of their wholes."""
    matches = []
    for thing in names.things:
        if thing.numbers and meant in {number(printed) for printed in thing.numbers}:
            wholes = [names.by_iri[iri] for iri in thing.wholes if iri in names.by_iri]
            known = (whole.words_and_identifiers for whole in wholes)
            if of - LEADING <= thing.words.union(*known):
                matches.append(thing)
    return matches


def _words_in_order(text: str, names: Names) -> list[str]:
    """The telling words, the larger number first: "paragraph 1 of article 9" is article 9.1."""
    unit = rf"(?:{'|'.join(map(re.escape, sorted(names.units)))})"
    plain = re.sub(
        rf"\b({unit} \d\S*) (?:of|in) (?:the )?({unit} \d\S*)", r"\2 \1", normalise_name(text)
    )
    return telling_words(plain)


def _without_numbers(text: str, names: Names) -> str:
    words = telling_words(text)
    return " ".join(w for w in words if not w[0].isdigit() and w not in names.units)


def _by_words(names: Names, text: str) -> list[Named]:
    """Things that have all the words in one name.

    If there are norms, documents, provisions or limits among them, only these are taken. Of these,
    a provision is left out if what it is a part of has the words as well. One word that many titles
    have means no document, and only norms and limits are found by it.
    """
    wanted = name_key(text)
    if not wanted or all(word[0].isdigit() for word in wanted):
        return []
    general = names.too_general(wanted)
    matches = [
        thing
        for thing in names.things
        if any(wanted <= set(known.split()) for known in thing.plain)
        and (not general or thing.rank in (NORM_RANK, LIMIT_RANK))
    ]
    iris = {thing.iri for thing in matches}
    main = [
        thing
        for thing in matches
        if thing.rank <= DOCUMENT_RANK or (thing.rank <= LIMIT_RANK and not thing.wholes & iris)
    ]
    return main or _of_first_rank(matches)


_STEPS: tuple[Callable[[Names, str], list[Named]], ...] = (
    _by_name,
    _by_identifier,
    _by_number,
    _by_words,
)


def _offer(things: Sequence[Named], others: Sequence[str] = ()) -> str:
    shown = []
    for thing in things[:OFFERED]:
        name = thing.display_name
        shown.append(f"{shrink(thing.iri)} ({name})" if name else shrink(thing.iri))
    more = len(things) - len(shown)
    beside = f"; or, not in this graph, {'; '.join(others)}" if others else ""
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "") + beside + "."
