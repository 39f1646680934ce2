"""What the search of the pages looks into: an index that a page loads as a script.

A page that is opened from a disk may load a script, but may not fetch a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..graph.names import read_names
from ..namespaces import shrink
from ..query.catalogue import catalogue
from ..sparql import query_text, select
from .context import SiteContext
from .query_pages import query_path

_QUESTIONS = "Questions"
_MOST = 12
"""How many other names of a thing are searched."""


def index_script(site: SiteContext) -> bytes:
    """The index as a script: the chapters, and the entries (path, label, kind, CURIE, other names,
    words, and the number of its chapter).
    """
    chapters = [*dict.fromkeys(one.chapter for one in site.addresses.folders.values()), _QUESTIONS]
    entries = sorted((*one[:-1], chapters.index(one[-1])) for one in _entries(site))
    rows = ",\n".join(json.dumps(one, ensure_ascii=False) for one in entries)
    # In JavaScript of before 2019 these two end a line.
    rows = rows.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    names = json.dumps(chapters, ensure_ascii=False)
    parts = json.dumps(_parts(site), ensure_ascii=False, indent=0)
    return (
        f"const searchChapters = {names};\nconst searchParts = {parts};\n"
        f"const searchIndex = [\n{rows}\n];\n"
    ).encode()


def _parts(site: SiteContext) -> dict[str, list[str]]:
    """What is in the graph of each document, by the path of its page: the labels of the parts."""
    paths = site.addresses.paths
    return {
        paths[document]: sorted(site.label(part) for part in parts if part != document)
        for document, parts in sorted(site.cited.items())
        if document in paths
    }


def _entries(site: SiteContext) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    texts: dict[str, list[str]] = {}
    for row in select(site.graph, query_text("lookup/search.rq")):
        texts.setdefault(row["thing"], []).append(row["text"])
    names = read_names(site.graph).by_iri
    # Where some pages have no card, they are parts of shapes, which nobody looks for.
    unsearched = {site.addresses.folder_of[iri] for iri in site.addresses.brief}
    for iri, path in site.addresses.paths.items():
        folder = site.addresses.folders[site.addresses.folder_of[iri]]
        if folder.name in unsearched:
            continue
        label = site.label(iri)
        named = names.get(iri)
        others = sorted((named.names | named.identifiers) - {label})[:_MOST] if named else []
        kind = site.cards.kind(iri)
        words = " … ".join(dict.fromkeys(texts.get(iri, ())))
        yield path, label, kind, shrink(iri), "; ".join(others), words, folder.chapter
    chapter = next(one.chapter for one in site.addresses.folders.values())
    for iri, path in site.owed_paths.items():
        label = site.label(iri)
        words = f"The norms that are owed to {label}, to wider groups or to some of them, by topic."
        yield path, f"What is owed to {label}", "page", shrink(iri), "", words, chapter
    for query in catalogue():
        words = f"{query.description} {' '.join(query.header.keywords)}"
        yield query_path(query.name), query.header.title, "query", query.name, "", words, _QUESTIONS
