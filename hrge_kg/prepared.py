"""What is answered once for each build: the queries in queries/prepared/.

They ask the built graph alone, so their rows are the same in every run. hrge asks them when it
keeps a graph, and writes the rows beside it. A graph that is not kept is asked anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from .resources import files
from .sparql import Row, query_text, read_query, select

_FOLDER = "queries/prepared"
FILE = "rows.json"
"""The file in the folder of a build: {query: {"columns": [name], "rows": [[value or null]]}}"""


@dataclass(frozen=True)
class _Kept:
    """A graph that was opened from the folder of a build."""

    graph: ox.Store
    folder: Path

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The rows of all prepared queries."""
        answers = json.loads((self.folder / FILE).read_bytes())
        return {
            name: [_row(name, answer["columns"], values) for values in answer["rows"]]
            for name, answer in answers.items()
        }


_kept: dict[int, _Kept] = {}
"""The graph that was opened last, by its id. (A store knows no place, and takes no attribute.)"""


def write(folder: Path, graph: ox.Store) -> None:
    """Ask all prepared queries, and write their rows into the folder of a build."""
    answers = {}
    for path in files(_FOLDER, ".rq"):
        rows = select(graph, read_query(path))
        columns = sorted({column for row in rows for column in row})
        values = [[row.get(column) for column in columns] for row in rows]
        answers[path.stem] = {"columns": columns, "rows": values}
    (folder / FILE).write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")


def opened(graph: ox.Store, folder: Path) -> None:
    """Remember from which folder a graph was opened."""
    _kept.clear()
    _kept[id(graph)] = _Kept(graph, folder)


def build_of(graph: ox.Store) -> str | None:
    """The name of the build that a graph was opened from; None for another graph."""
    kept = _kept.get(id(graph))
    return kept.folder.name if kept else None


def prepared(graph: ox.Store, name: str) -> list[Row]:
    """The rows of a query in queries/prepared/, as `sparql.select` gives them.

    Raises InputError for a row that lacks a column that is asked for.
    """
    kept = _kept.get(id(graph))
    return kept.rows[name] if kept else select(graph, query_text(f"prepared/{name}.rq"))


def _row(name: str, columns: list[str], values: list[str | None]) -> Row:
    pairs = zip(columns, values, strict=True)
    row = Row({column: value for column, value in pairs if value is not None})
    row.file = f"{_FOLDER}/{name}.rq"
    return row
