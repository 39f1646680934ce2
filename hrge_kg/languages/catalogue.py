"""Finds the languages that there are: files of data/languages/, named by the tags of languages.

In a file each text stands twice, in English and in the language. One that stands in English alone
is not translated yet. Nothing of it is in the graph: what the law says is English.
(docs/how-to/translate-the-interface.md)
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..graph.sources import graph_name, load_turtle
from ..namespaces import PREFIXES
from ..resources import LANGUAGES, files, relative, root
from ..suggest import did_you_mean
from .language import ENGLISH, Language

_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_NOTE = ox.NamedNode(PREFIXES["skos"] + "editorialNote")
_REVIEWER = ox.NamedNode(PREFIXES["dcterms"] + "contributor")
_DIRECTION = ox.NamedNode("http://www.w3.org/ns/csvw#textDirection")
_DIRECTIONS = ("ltr", "rtl")


def tags() -> list[str]:
    """The tags of all languages, English first."""
    return ["en", *sorted(path.stem for path in files(LANGUAGES, ".ttl") if path.stem != "en")]


def languages() -> tuple[Language, ...]:
    """All languages, English first."""
    return tuple(map(find_language, tags()))


def find_language(tag: str) -> Language:
    """The language with a tag. Raises InputError where there is none, naming those that there are,
    and where its file does not say what it has to.
    """
    if tag == "en":
        return ENGLISH
    known = tags()
    if tag not in known:
        raise InputError(
            f"language “{tag}”",
            f"there is no such translation.{did_you_mean(tag, known)}",
            f"Use one of {', '.join(known)}.",
        )
    return read_language(root() / LANGUAGES / f"{tag}.ttl")


def read_language(path: Path) -> Language:
    """A language from its file."""
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Language:
    store, tag = ox.Store(), path.stem
    graph = graph_name(path, path.parents[2])
    load_turtle(store, path, graph)
    texts = {english: said for english, said in pairs(store, tag) if said is not None}

    def said(predicate: ox.NamedNode) -> dict[str | None, str]:
        found = store.quads_for_pattern(graph, predicate, None, graph)
        return {
            quad.object.language: quad.object.value
            for quad in found
            if isinstance(quad.object, ox.Literal)
        }

    names, notes, directions = said(_LABEL), said(_NOTE), said(_DIRECTION)
    direction = directions.get(None, "ltr")
    if tag not in names or direction not in _DIRECTIONS:
        raise InputError(
            relative(path),
            "it does not say the language's own name, or how it is written",
            f'Write: <> rdfs:label "…"@{tag} ; {_DIRECTION} "ltr" (or "rtl").',
        )
    if not {tag, "en"} <= notes.keys() and not said(_REVIEWER):
        raise InputError(
            relative(path),
            "it says neither that it is not reviewed, nor who has reviewed it",
            f'Write what pages have to say: <> skos:editorialNote "…"@{tag} , "…"@en; or who has '
            "reviewed it: dcterms:contributor.",
        )
    note = tuple(notes[one] for one in (tag, "en") if one in notes)
    return Language(tag, texts, names[tag], direction, note)


def english_texts() -> list[str]:
    """The texts that a language is asked for, in English: those that en.ttl lists."""
    path = root() / LANGUAGES / "en.ttl"
    store = ox.Store()
    load_turtle(store, path, graph_name(path, root()))
    return [english for english, _ in pairs(store, "en")]


def pairs(store: ox.Store, tag: str) -> list[tuple[str, str | None]]:
    """Each English text with what it is in the language; None where it is not translated yet."""
    by_subject: defaultdict[str, dict[str | None, str]] = defaultdict(dict)
    for quad in store.quads_for_pattern(None, _LABEL, None):
        if isinstance(quad.subject, ox.BlankNode) and isinstance(quad.object, ox.Literal):
            by_subject[quad.subject.value][quad.object.language] = quad.object.value
    return sorted((one["en"], one.get(tag)) for one in by_subject.values() if "en" in one)
