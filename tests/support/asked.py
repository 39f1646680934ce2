"""Asks named queries, and reads what the sources declare without the code under test."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from hrge_kg.namespaces import PREFIXES, shrink
from hrge_kg.query.catalogue import Query
from hrge_kg.query.run import answer_query
from hrge_kg.resources import LANGUAGES, files, root
from hrge_kg.tables.model import Table


def table(store: ox.Store, name: str | Query, params: Mapping[str, str] | None = None) -> Table:
    result = answer_query(store, name, params or {})
    assert isinstance(result, Table)
    return result


def rows(
    store: ox.Store, name: str | Query, params: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """Rows by column, IRIs as CURIEs, blank cells left out."""
    found = table(store, name, params)
    pairs = [
        [(c, t) for c, t in zip(found.columns, row, strict=True) if t is not None]
        for row in found.terms
    ]
    return [{c: shrink(t.value) for c, t in row if not isinstance(t, ox.Triple)} for row in pairs]


def turtle(text: str) -> ox.Store:
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TRIG, base_iri="http://example.org/")
    return store


def described(folder: str, kind: str) -> list[str]:
    """What the Turtle files declare to be of a kind, read line by line and without the code under
    test.
    """
    texts = [path.read_text(encoding="utf-8") for path in files(folder, ".ttl")]
    return sorted(
        found
        for text in texts
        for found in re.findall(rf"^([\w:.-]+) a hrge:{kind}\b", text, re.MULTILINE)
    )


def asserted(folder: str, prefix: str, name: str) -> set[tuple[str, str]]:
    """The pairs that a property links in the Turtle files of a folder."""
    predicate = PREFIXES[prefix] + name
    # What the interface is in other languages is not of the graph.
    found = [path for path in files(folder, ".ttl") if path.parent != root() / LANGUAGES]
    triples = [quad for path in found for quad in ox.parse(path=str(path))]
    return {
        (shrink(q.subject.value), shrink(q.object.value))
        for q in triples
        if q.predicate.value == predicate
    }


def turtle_prologue() -> str:
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
