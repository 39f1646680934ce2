"""Writes a results file, batch by batch: the memory does not grow with the number of programmes.

Needs the extra `columns` (pyarrow, DuckDB).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MissingExtra
from ..file_writer import fill_file
from ..graph.store import build_key
from .columns import Row, arrow_schema, record_batch

if TYPE_CHECKING:
    import pyarrow

    _Add = Callable[[pyarrow.RecordBatch], None]

BATCH = 20_000
"""Rows that are held in memory at once."""


def write_results(out: Path, form: str, rows: Iterable[Row]) -> None:
    """Write rows as one of FORMATS: the whole file, or none.

    Raises InputError where it cannot be written, MissingExtra where a library is missing.
    """
    schema = arrow_schema(provenance())
    opened = FORMATS[form]

    def fill(path: Path) -> None:
        with opened(path, schema) as add:
            for batch in _batches(rows):
                add(record_batch(batch, schema))

    fill_file(out, fill)


def provenance() -> dict[str, str]:
    """What a results file says of where it comes from: the version, and the build of the graph."""
    from importlib.metadata import version

    return {"hrge.version": version("hrge-kg"), "hrge.graph": build_key()}


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Lists of at most BATCH rows, and at least one list, which may be empty."""
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


@contextlib.contextmanager
def _parquet(path: Path, schema: pyarrow.Schema) -> Iterator[_Add]:
    """Apache Parquet. (https://parquet.apache.org/docs/file-format/)"""
    from pyarrow import parquet

    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        yield writer.write_batch


@contextlib.contextmanager
def _duckdb(path: Path, schema: pyarrow.Schema) -> Iterator[_Add]:
    """A database of DuckDB with the table `results`, and `about` with where it comes from."""
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra(f"--format {path.suffix[1:]}", "duckdb", "columns") from error
    with duckdb.connect(path) as database:
        database.register("columns", schema.empty_table())
        database.execute("CREATE TABLE results AS FROM columns")
        database.execute("CREATE TABLE about (name VARCHAR, value VARCHAR)")
        for name, value in (schema.metadata or {}).items():
            database.execute("INSERT INTO about VALUES (?, ?)", [name.decode(), value.decode()])

        def add(batch: pyarrow.RecordBatch) -> None:
            import pyarrow as pa

            database.register("batch", pa.Table.from_batches([batch]))
            database.execute("INSERT INTO results FROM batch")

        yield add


FORMATS: Mapping[str, Callable[[Path, pyarrow.Schema], AbstractContextManager[_Add]]] = {
    "parquet": _parquet,
    "duckdb": _duckdb,
}
