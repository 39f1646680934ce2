"""What an executor does: opens the graph once, and assesses batches of descriptions.

Spark ships only the name of `assess_batches`, so hrge has to be installed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..assessment.assessor import Assessor
from ..assessment.portfolio import assess_each
from ..graph.store import open_graph
from ..parsing.files import HeldFile, Source, file_name
from ..results.columns import Row, arrow_schema, record_batch, row_of_unusable, rows_of

if TYPE_CHECKING:
    import pyarrow

BATCH = 5_000
"""Rows that are given back to Spark at once."""

_assessor: Assessor | None = None  # of this process: Spark gives it one task after another


def assess_batches(
    batches: Iterator[pyarrow.RecordBatch], *, held: bool
) -> Iterator[pyarrow.RecordBatch]:
    """Batches of descriptions as batches of results; `held`: with their content, else by path.

    Raises InputError where the shapes or the engine cannot be trusted: then no description can be
    assessed.
    """
    assessor = _assessor_of_process()
    schema = arrow_schema()
    rows: list[Row] = []
    for batch in batches:
        sources = list(_sources(batch, held=held))
        for source, made in zip(sources, assess_each(sources, assessor, rows_of), strict=True):
            if isinstance(made, list):
                rows += [row for of_programme in made for row in of_programme]
            else:
                rows.append(row_of_unusable(file_name(source), made))
            if len(rows) >= BATCH:
                yield record_batch(rows, schema)
                rows = []
    yield record_batch(rows, schema)


def _sources(batch: pyarrow.RecordBatch, *, held: bool) -> Iterator[Source]:
    for at in range(batch.num_rows):
        name = batch.column("file")[at].as_py() or ""
        if held:
            yield HeldFile(name, batch.column("content")[at].as_py() or b"")
        else:
            yield Path(name)


def _assessor_of_process() -> Assessor:
    global _assessor
    if _assessor is None:
        _assessor = Assessor(open_graph())
        _assessor.run_self_test()
    return _assessor
