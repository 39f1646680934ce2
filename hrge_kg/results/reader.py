"""Opens a results file, whoever wrote it: it is foreign until its columns are known to be ours.

Needs the extra `columns` (pyarrow, DuckDB).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..assessment.enums import Outcome
from ..errors import InputError, MissingExtra
from ..resources import read_utf8, root
from ..system_errors import system_error
from .columns import COLUMNS, VERSION, arrow_schema

if TYPE_CHECKING:
    import duckdb
    import pyarrow

_REMEDY = "Name a file that `hrge validate FOLDER -o results.parquet` wrote."
_SAFE: dict[str, str | bool | int | float | list[str]] = {
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "preserve_insertion_order": False,  # it takes memory; each question says its order
}


@contextlib.contextmanager
def open_results(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with `results`, `outcomes` (each with its rank), `norms`, and `overall` (of each
    programme and norm).

    `path` is a file of Parquet, a folder of such files, or a database of DuckDB. Raises InputError
    where it cannot be read, or holds anything else, also if that shows only when it is asked.
    """
    try:
        import duckdb
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtra(str(path), "pyarrow and DuckDB", "columns") from error
    if not path.exists():
        raise InputError(str(path), "there is no such file", "Check the path.")
    try:
        is_database = path.suffix.lower() == ".duckdb"
        with _database(path) if is_database else _parquet(path) as opened:
            _check_outcomes(opened, path)
            ranks = pa.table({"outcome": [*map(str, Outcome)], "rank": [o.rank for o in Outcome]})
            opened.register("outcomes", ranks)
            for name in ("norms", "overall"):  # many questions ask them, so they are made once
                made = read_utf8(root() / "queries" / "portfolio" / "tables" / f"{name}.sql")
                opened.execute(f"CREATE TEMP TABLE {name} AS {made}")
            yield opened
    except OSError as error:
        raise system_error(error, str(path), "the file cannot be read ({})") from error
    except (duckdb.Error, pa.ArrowException) as error:
        told = " ".join(str(error).split())[:200]
        raise InputError(str(path), f"this is no results file ({told})", _REMEDY) from error


def _parquet(path: Path) -> duckdb.DuckDBPyConnection:
    import duckdb
    from pyarrow import parquet

    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise InputError(str(path), "the folder holds no file of Parquet", _REMEDY)
    for file in files:
        _check_columns(parquet.read_schema(file), path)
    opened = duckdb.connect(config=_SAFE)
    # A sign that stands for any letters is meant as it is.
    found = [re.sub(r"([*?\[])", r"[\1]", str(file)) for file in files]
    opened.execute(f"SET allowed_paths = {_listed([*map(str, files), *found])}")
    _shut(opened)
    opened.execute(f"CREATE TEMP VIEW results AS FROM read_parquet({_listed(found)})")
    return opened


def _database(path: Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    opened = duckdb.connect(path, read_only=True, config=_SAFE)
    _shut(opened)
    # A view could ask anything.
    tables = opened.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    if ("results",) not in tables:
        raise InputError(str(path), "the database has no table `results`", _REMEDY)
    _check_columns(opened.sql("FROM results LIMIT 0").to_arrow_table().schema, path)
    return opened


def _shut(opened: duckdb.DuckDBPyConnection) -> None:
    """Let the connection reach no other file and no other machine, and its settings stay so."""
    opened.execute("SET enable_external_access = false")
    opened.execute("SET lock_configuration = true")


def _listed(texts: Iterable[str]) -> str:
    """Texts as a list in SQL."""
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"


def _check_columns(schema: pyarrow.Schema, path: Path) -> None:
    """Raise InputError where a column is missing or of another kind, or the version is another."""
    version = (schema.metadata or {}).get(b"hrge.columns", VERSION.encode()).decode()
    if version != VERSION:
        raise InputError(
            str(path),
            f"its columns are of version {version}, and this hrge reads version {VERSION}",
            "Assess the descriptions anew.",
        )
    expected = arrow_schema()
    for column in COLUMNS:
        places = schema.get_all_field_indices(column.name)
        if len(places) != 1:
            raise InputError(str(path), f"it has no column `{column.name}`", _REMEDY)
        if not _fits(schema.field(places[0]).type, expected.field(column.name).type):
            raise InputError(
                str(path), f"its column `{column.name}` is no column of {column.kind}", _REMEDY
            )


def _fits(found: pyarrow.DataType, expected: pyarrow.DataType) -> bool:
    """Whether two types hold the same; other programs name the items of lists otherwise."""
    import pyarrow as pa

    if pa.types.is_list(expected) or pa.types.is_struct(expected):
        parts = range(expected.num_fields)
        return (
            found.id == expected.id
            and found.num_fields == expected.num_fields
            and (pa.types.is_list(found) or [f.name for f in found] == [f.name for f in expected])
            and all(_fits(found.field(at).type, expected.field(at).type) for at in parts)
        )
    if pa.types.is_string(expected):
        return bool(pa.types.is_string(found) or pa.types.is_large_string(found))
    if pa.types.is_integer(expected):
        return bool(pa.types.is_integer(found))
    return bool(found == expected)


def _check_outcomes(opened: duckdb.DuckDBPyConnection, path: Path) -> None:
    rows = opened.execute(
        "SELECT DISTINCT outcome FROM results WHERE norm IS NOT NULL OR error IS NULL"
    ).fetchall()
    unknown = sorted({str(outcome) for (outcome,) in rows} - {*Outcome})
    if unknown:
        raise InputError(str(path), f"it holds outcomes that hrge has not: {unknown[0]}", _REMEDY)
