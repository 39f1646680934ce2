"""Warns of the IRIs of a query that occur nowhere in the graph.

A misspelt term is no error in SPARQL: it matches nothing, and the answer is empty or lacks rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pyoxigraph as ox

from ..namespaces import PREFIXES, shrink
from ..parsing.sparql_words import tokens
from ..suggest import near_names
from .occurrence import described_beside, occurs

MOST = 5
"""How many unknown terms of one query are told with their line; the others are only counted."""
_NAME = re.compile(r"([\w.-]*):(.*)", re.DOTALL)


def unknown_terms(text: str, file: str, store: ox.Store) -> list[str]:
    """A warning for each IRI of a query that occurs nowhere in the graph, with its line.

    The text must be `normalised`, and a query.

    >>> unknown_terms("ASK { ?a hrge:b ?c }", "a.rq", ox.Store())
    ['a.rq:1: hrge:b occurs nowhere in the graph']
    """
    unknown: dict[str, int] = {}
    for iri, start in named_iris(text):
        if iri not in unknown and not occurs(ox.NamedNode(iri), store):
            unknown[iri] = text.count("\n", 0, start) + 1
    told = dict(list(unknown.items())[:MOST])
    beside = described_beside(told, store) if told else {}
    warnings = []
    for iri, line in told.items():
        near = near_names(shrink(iri), beside[iri])
        nearest = f"; the nearest: {', '.join(near)}" if near else ""
        warnings.append(f"{file}:{line}: {shrink(iri)} occurs nowhere in the graph{nearest}")
    if len(unknown) > MOST:
        more = len(unknown) - MOST
        warnings.append(f"{file}: {more} more of its terms occur nowhere in the graph")
    return warnings


def named_iris(text: str) -> Iterator[tuple[str, int]]:
    """The IRIs that a query asks for, each with its place in the text; one may come twice.

    Left out are what a query makes or computes with, and does not look for: the template of a
    CONSTRUCT, datatypes and functions.

    >>> [iri for iri, _ in named_iris("PREFIX x: <http://x.org/> ASK { ?a x:b <http://x.org/c> }")]
    ['http://x.org/b', 'http://x.org/c']
    """
    words = list(tokens(text))
    prefixes, base = dict(PREFIXES), ""
    index = 0
    while index < len(words):
        word, start = words[index][0], words[index].start()
        following = words[index + 1][0] if index + 1 < len(words) else ""
        if word.upper() == "PREFIX" and index + 2 < len(words):
            prefixes[following.removesuffix(":")] = urljoin(base, words[index + 2][0][1:-1])
            index += 3
        elif word.upper() == "BASE":
            base = following[1:-1]
            index += 2
        elif word.upper() == "CONSTRUCT" and following == "{":
            index = _after_braces(words, index + 1)
        else:
            is_datatype = [before[0] for before in words[max(0, index - 2) : index]] == ["^", "^"]
            iri = _iri(word, prefixes, base)
            if iri is not None and not is_datatype and following != "(":
                yield iri, start
            index += 1


def _after_braces(words: list[re.Match[str]], opening: int) -> int:
    """The place after the brace that closes the one at `opening`."""
    depth = 0
    for index in range(opening, len(words)):
        depth += {"{": 1, "}": -1}.get(words[index][0], 0)
        if depth == 0:
            return index + 1
    return len(words)


def _iri(word: str, prefixes: dict[str, str], base: str) -> str | None:
    """The IRI of a word, or None for a word that is none."""
    if word.startswith("<") and word.endswith(">"):
        iri = urljoin(base, word[1:-1])
    else:
        name = _NAME.fullmatch(word)
        if name is None or name[1] not in prefixes:
            return None
        # A full stop after a name ends the sentence. A backslash lets a sign stand in a name.
        iri = prefixes[name[1]] + re.sub(r"\\(.)", r"\1", name[2].rstrip("."))
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        return None
