"""What is answered once for each build: the queries in queries/prepared/.

They ask the built graph alone, so their answers are the same in every run. hrge asks them when it
keeps a graph, and keeps the answers beside it. A graph that is not kept is asked anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import getrefcount

import pyoxigraph as ox

from .resources import files
from .sparql import Row, constructed, query_text, read_query, select

_QUERIES = "queries/prepared"
FOLDER = "prepared"
"""The folder in that of a build, with a file for each query: the rows of a SELECT as JSON
({"columns": [name], "rows": [[value or null]]}), the triples of a CONSTRUCT as N-Triples.
"""


@dataclass(frozen=True)
class _Kept:
    """A graph that was opened from the folder of a build, and the rows that were read of it."""

    graph: ox.Store
    folder: Path
    checksums: Mapping[str, str]
    is_damaged: Callable[[Path], None]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def file(self, name: str) -> bytes | None:
        """A file of answers; None where another run has removed the folder since, and where the
        file is not as it was written.
        """
        path = self.folder / FOLDER / name
        try:
            content = path.read_bytes()
        except OSError:
            return None
        if checksum(content) == self.checksums.get(name):
            return content
        self.is_damaged(path)
        return None


_kept: dict[int, _Kept] = {}
"""Graphs that were opened, by their ids. (A store knows no place, and takes no attribute.)"""
_REFERENCES_HERE = 2
"""References to a graph that nobody uses any more: of what is kept of it, and of the count."""


def answers(graph: ox.Store) -> dict[str, bytes]:
    """What all prepared queries answer: the files for the folder of a build, by name."""
    found = {}
    for path in files(_QUERIES, ".rq"):
        query = read_query(path)
        if (triples := constructed(graph, query)) is not None:
            text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            found[f"{path.stem}.nt"] = text
            continue
        rows = select(graph, query)
        columns = sorted({column for row in rows for column in row})
        values = [[row.get(column) for column in columns] for row in rows]
        text = json.dumps({"columns": columns, "rows": values}, ensure_ascii=False).encode()
        found[f"{path.stem}.json"] = text
    return found


def checksum(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def opened(
    graph: ox.Store, folder: Path, checksums: Mapping[str, str], is_damaged: Callable[[Path], None]
) -> None:
    """Remember from which folder a graph was opened, and the checksum that each file must have.

    `is_damaged` is told of a file that has another one; then the graph is asked instead. Graphs
    that nobody uses any more are forgotten.
    """
    # A store cannot be referred to weakly, so its references are counted.
    unused = [one for one, kept in _kept.items() if getrefcount(kept.graph) <= _REFERENCES_HERE]
    for one in unused:
        del _kept[one]
    _kept[id(graph)] = _Kept(graph, folder, checksums, is_damaged)


def kept_file(graph: ox.Store, name: str) -> bytes | None:
    """A file that was kept beside a graph; None for a graph that is not kept."""
    kept = _kept.get(id(graph))
    return kept.file(name) if kept else None


def build_hash(graph: ox.Store) -> str | None:
    """A hash over the recorded checksums of a kept graph; None for a graph that is not kept."""
    kept = _kept.get(id(graph))
    if kept is None or not kept.checksums:
        return None
    return checksum(json.dumps([kept.folder.name, sorted(kept.checksums.items())]).encode())


def prepared(graph: ox.Store, name: str) -> list[Row]:
    """The rows of a SELECT in queries/prepared/, as `sparql.select` gives them.

    Raises InputError for a row that lacks a column that is asked for.
    """
    kept = _kept.get(id(graph))
    if kept and name in kept.rows:
        return kept.rows[name]
    content = kept.file(f"{name}.json") if kept else None
    if kept is None or content is None:
        return select(graph, query_text(f"prepared/{name}.rq"))
    answer = json.loads(content)
    rows = kept.rows[name] = [_row(name, answer["columns"], values) for values in answer["rows"]]
    return rows


def prepared_quads(graph: ox.Store, name: str) -> Iterator[ox.Quad]:
    """The triples of a CONSTRUCT in queries/prepared/, as quads of the default graph."""
    kept = _kept.get(id(graph))
    content = kept.file(f"{name}.nt") if kept else None
    if content is not None:
        yield from ox.parse(content, format=ox.RdfFormat.N_TRIPLES)
        return
    triples = constructed(graph, query_text(f"prepared/{name}.rq"))
    yield from (ox.Quad(*triple) for triple in triples or ())


def _row(name: str, columns: list[str], values: list[str | None]) -> Row:
    pairs = zip(columns, values, strict=True)
    row = Row({column: value for column, value in pairs if value is not None})
    row.file = f"{_QUERIES}/{name}.rq"
    return row
